import { Archive, ArchiveError } from '../archive';

/** The OCI runtime spec, as far as it is used. Everything may be missing or of another type: it is hostile input. */
export interface SpecDump {
  annotations: Record<string, string>;
  mounts: {
    destination: string;
    type: string;
    source: string;
    options: string[];
  }[];
  environment: Record<string, string>;
  capabilities: string[];
  noNewPrivileges: boolean;
  /** Types of the namespaces that the container has of its own or shares by a path. */
  namespaces: { type: string; path?: string }[];
  maskedPaths: string[];
  allowsAllDevices: boolean;
  hasLinux: boolean;
}

/** What the engine says of the container. */
export interface ConfigDump {
  id: string;
  name: string;
  rootfsImageName: string;
  runtime: string;
  createdTime: string;
  checkpointedTime: string;
}

type Json = Record<string, unknown>;

/** @throws {@link ArchiveError} if the file is missing or no JSON object */
export function readDocument(archive: Archive, name: string): Json {
  const text = archive
    .read(name, archive.limits.documentBytes)
    .toString('utf8');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new ArchiveError(
      `${archive.name}: ${name}`,
      `is no JSON: ${(error as Error).message}`,
    );
  }
  if (!isObject(document)) {
    throw new ArchiveError(`${archive.name}: ${name}`, 'is no JSON object');
  }
  return document;
}

/** @throws {@link ArchiveError} */
export function readSpecDump(archive: Archive): SpecDump {
  const spec = readDocument(archive, 'spec.dump');
  const process = toObject(spec.process);
  const linux = toObject(spec.linux);
  return {
    annotations: toStrings(spec.annotations),
    mounts: toObjects(spec.mounts).map(mount => ({
      destination: toString(mount.destination),
      type: toString(mount.type),
      source: toString(mount.source),
      options: toStringList(mount.options),
    })),
    environment: Object.fromEntries(
      toStringList(process.env).map(variable => {
        const equals = variable.indexOf('=');
        return [variable.slice(0, equals), variable.slice(equals + 1)];
      }),
    ),
    capabilities: toStringList(toObject(process.capabilities).effective),
    noNewPrivileges: process.noNewPrivileges === true,
    namespaces: toObjects(linux.namespaces).map(namespace => ({
      type: toString(namespace.type),
      ...(typeof namespace.path === 'string' && { path: namespace.path }),
    })),
    maskedPaths: toStringList(linux.maskedPaths),
    allowsAllDevices: toObjects(toObject(linux.resources).devices).some(
      device =>
        device.allow === true &&
        device.access === 'rwm' &&
        device.type === undefined,
    ),
    hasLinux: isObject(spec.linux),
  };
}

/** @throws {@link ArchiveError} */
export function readConfigDump(archive: Archive): ConfigDump {
  const config = readDocument(archive, 'config.dump');
  return {
    id: toString(config.id),
    name: toString(config.name),
    rootfsImageName: toString(config.rootfsImageName),
    runtime: toString(config.runtime),
    createdTime: toString(config.createdTime),
    checkpointedTime: toString(config.checkpointedTime),
  };
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function toObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

export function toObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function toString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function toStringList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(v => typeof v === 'string') : [];
}

function toStrings(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(toObject(value)).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  );
}
