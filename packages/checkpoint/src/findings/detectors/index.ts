import { Detector } from '../Detector';
import { addedCapability } from './addedCapability';
import { deletedExecutable } from './deletedExecutable';
import { downloadAndRun } from './downloadAndRun';
import { encodedCommand } from './encodedCommand';
import { executableInTemporaryFolder } from './executableInTemporaryFolder';
import { hostMount } from './hostMount';
import { hostNamespace } from './hostNamespace';
import { interpreterSocket } from './interpreterSocket';
import { kernelThreadName } from './kernelThreadName';
import { miner } from './miner';
import { newProgram } from './newProgram';
import { outsideConnection } from './outsideConnection';
import { preloadVariable } from './preloadVariable';
import { privilegedContainer } from './privilegedContainer';
import { removedTraces } from './removedTraces';
import { secretInEnvironment } from './secretInEnvironment';
import { sensitiveFileChanged } from './sensitiveFileChanged';
import { serviceAccountToken } from './serviceAccountToken';
import { setuidFile } from './setuidFile';
import { shellBelowServer } from './shellBelowServer';
import { shellWithSocket } from './shellWithSocket';
import { undeclaredListener } from './undeclaredListener';

/** Everything that is looked for. A new detector is a new file and a line here. */
export const detectors: readonly Detector[] = [
  shellWithSocket,
  shellBelowServer,
  interpreterSocket,
  downloadAndRun,
  encodedCommand,
  deletedExecutable,
  executableInTemporaryFolder,
  kernelThreadName,
  preloadVariable,
  miner,
  sensitiveFileChanged,
  setuidFile,
  newProgram,
  removedTraces,
  outsideConnection,
  undeclaredListener,
  secretInEnvironment,
  privilegedContainer,
  addedCapability,
  hostMount,
  hostNamespace,
  serviceAccountToken,
];
