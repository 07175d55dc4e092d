export * from './alertSamples';
export * from './planSamples';
export * from './reportSamples';
export * from './responseSamples';
export * from './samples';
export * from './serveApi';
