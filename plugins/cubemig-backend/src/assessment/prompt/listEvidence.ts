import { decodeLayers, rankSeverity } from '@cubemig/checkpoint';
import { Process } from '@cubemig/plugin-cubemig-common';
import { AssessmentSubject } from '../Assessor';
import { cutText } from './cutText';

/** One thing that the model may be told. */
export interface EvidenceItem {
  /** What kind of thing it is; items of a part are told together. */
  part: string;
  /** The higher, the more it tells: what does not fit is left out from the lowest. */
  weight: number;
  content: Record<string, unknown>;
}

const MAX_TEXT = 8_192;
const MAX_LIST = 12;

/**
 * All that a report, its findings and alerts say that helps to judge. Values of environment variables are never among it, their names are.
 * What is encoded in command lines is decoded and stands beside them.
 */
export function listEvidence(subject: AssessmentSubject): EvidenceItem[] {
  const { report, forensics, alerts } = subject;
  const suspects = new Set(
    forensics.findings.flatMap(({ severity, evidence }) =>
      rankSeverity(severity) >= rankSeverity('medium')
        ? evidence.flatMap(({ pid }) => pid ?? [])
        : [],
    ),
  );
  const touched = new Set(
    forensics.findings.flatMap(({ evidence }) =>
      evidence.flatMap(({ file }) => file ?? []),
    ),
  );
  return [
    {
      part: 'container',
      weight: 1_000,
      content: {
        name: report.container_name,
        image: report.image,
        pod: forensics.pod,
        namespace: forensics.namespace,
        checkpointed: forensics.checkpointed,
        detectors: { verdict: forensics.verdict, score: forensics.score },
      },
    },
    ...alerts.map((alert, index) => ({
      part: 'falco alerts',
      weight: 900 - index,
      content: {
        rule: alert.rule,
        priority: alert.priority,
        tags: alert.tags.slice(0, MAX_LIST),
        output: describeText(alert.output),
        command: alert.command && describeText(alert.command),
        occurrences: alert.occurrences,
        lastAt: alert.lastAt,
      },
    })),
    ...forensics.findings.map(finding => ({
      part: 'findings',
      weight: 300 + 7 * rankSeverity(finding.severity),
      content: {
        id: finding.id,
        severity: finding.severity,
        title: finding.title,
        technique: `${finding.technique.id} ${finding.technique.name}`,
        evidence: finding.evidence
          .slice(0, MAX_LIST)
          .map(({ detail }) => describeText(detail)),
        further: more(finding.evidence.length),
      },
    })),
    ...report.processes.map(process => ({
      part: 'processes',
      weight: suspects.has(process.pid) ? 700 : 250,
      content: describeProcess(process),
    })),
    ...report.connections
      .filter(({ local, remote, path }) => local || remote || path)
      .map(({ pid, protocol, state, local, remote, path }) => ({
        part: 'sockets',
        weight: suspects.has(pid) ? 650 : 200 + (remote?.port ? 50 : 0),
        content: {
          pid,
          protocol,
          state,
          local: local && `${local.address}:${local.port}`,
          remote: remote?.port ? `${remote.address}:${remote.port}` : undefined,
          path: path && cut(path),
        },
      })),
    ...(report.rootfs_changes ?? []).map(change => ({
      part: 'changed files',
      weight: touched.has(change.path) ? 600 : 150,
      content: {
        path: cut(change.path),
        change: change.change,
        type: change.type,
        mode: change.mode,
        size: change.size,
        sha256: touched.has(change.path) ? change.sha256 : undefined,
      },
    })),
    ...report.descriptors
      .filter(
        ({ path, deleted, pid }) => path && (deleted || suspects.has(pid)),
      )
      .map(({ pid, path, deleted, access }) => ({
        part: 'open files',
        weight: deleted ? 400 : 180,
        content: { pid, path: cut(path!), deleted, access },
      })),
    {
      part: 'security settings',
      weight: 500,
      content: {
        privileged: report.security.privileged,
        capabilities: report.security.capabilities.slice(0, 50),
        hostNamespaces: report.security.host_namespaces,
        hostMounts: report.security.host_mounts
          .slice(0, MAX_LIST)
          .map(({ destination, source }) => cut(`${source} -> ${destination}`)),
        serviceAccountToken: report.security.service_account_token,
      },
    },
    ...(report.log?.tail ?? []).map(({ text }, index) => ({
      part: 'container log',
      // The newest lines tell most.
      weight: 100 + index / 1_000,
      content: { text: describeText(text) },
    })),
  ];
}

function describeProcess(process: Process) {
  return {
    pid: process.pid,
    parent: process.ppid,
    command: cut(process.command),
    commandLine: describeText(process.title ?? process.argv.join(' ')),
    executable: process.exe && cut(process.exe),
    executableDeleted: process.exe_deleted || undefined,
    workingDirectory: process.cwd && cut(process.cwd),
    uid: process.uid,
  };
}

/** A text, with what is encoded in it beside it: encoded, it says nothing to a reader and would carry secrets past the redaction. */
function describeText(given: string) {
  const text = decodeUrl(given);
  const layers = decodeLayers(text);
  const show = (shown: string) =>
    cut(
      layers.reduce(
        (rest, { encoded }, i) =>
          rest.replaceAll(encoded, `(base64, decoded ${i + 1})`),
        shown,
      ),
    );
  return layers.length > 0
    ? {
        text: show(text),
        decoded: layers.slice(0, MAX_LIST).map(({ decoded }) => show(decoded)),
      }
    : cut(text);
}

/** Attacks often come as requests, and servers log those as they came: `%3B` for `;`. */
function decodeUrl(text: string) {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, escaped => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}

/** No text is looked at beyond this; what is shown of one in the end is much shorter. */
function cut(text: string) {
  return cutText(text, MAX_TEXT);
}

function more(count: number) {
  return count > MAX_LIST ? `${count - MAX_LIST} more` : undefined;
}
