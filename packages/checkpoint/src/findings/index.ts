export { decodeLayers } from './commands/decodeBase64';
export type { DecodedLayer } from './commands/decodeBase64';
export { detectors } from './detectors';
export type { Detection, Detector } from './Detector';
export { collectFacts } from './Facts';
export type { Command, Facts, FactsOptions, MemoryHit } from './Facts';
export { examine, findFindings } from './findFindings';
export { judge, rankSeverity } from './judge';
export { toSarif } from './toSarif';
