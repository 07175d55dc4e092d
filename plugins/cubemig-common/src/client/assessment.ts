import {
  Assessment,
  AssessmentAvailability,
  assessmentAvailabilitySchema,
  AssessmentEvent,
  assessmentEventSchema,
  assessmentSchema,
} from '../schema/assessment';
import { ReportKey } from '../schema/forensics';
import { ApiConnection, ask, askList } from './ApiConnection';
import { reportPath } from './forensics';

/** What a language model says of forensic reports. */
export interface AssessmentApi {
  /** Whether assessments can be had, and if not, how to switch them on. */
  getAssessmentAvailability(): Promise<AssessmentAvailability>;
  /** Asks for an assessment of a container's report; resolves as soon as it is under way. */
  startAssessment(key: ReportKey): Promise<Assessment>;
  /** A migration's assessments, newest first. */
  getAssessments(migration: string): Promise<Assessment[]>;
  getAssessment(id: string): Promise<Assessment>;
  /** The assessment as text for people. */
  getAssessmentMarkdown(id: string): Promise<string>;
  /** Follows an assessment while it is made, from its start; the last event is `ended`. */
  followAssessment(
    id: string,
    options?: { signal?: AbortSignal },
  ): AsyncIterable<AssessmentEvent>;
}

export function createAssessmentApi(connection: ApiConnection): AssessmentApi {
  const pathOf = (id: string) => `/assessments/${encodeURIComponent(id)}`;
  return {
    getAssessmentAvailability: () =>
      ask(connection, assessmentAvailabilitySchema, '/assessment'),
    startAssessment: key =>
      ask(connection, assessmentSchema, `${reportPath(key)}/assessments`, {
        method: 'POST',
      }),
    getAssessments: migration =>
      askList(
        connection,
        assessmentSchema,
        `/migrations/${encodeURIComponent(migration)}/assessments`,
      ),
    getAssessment: id => ask(connection, assessmentSchema, pathOf(id)),
    async getAssessmentMarkdown(id) {
      return (await connection.send(`${pathOf(id)}/markdown`)).text();
    },
    async *followAssessment(id, { signal } = {}) {
      const response = await connection.send(`${pathOf(id)}/stream`, {
        signal,
      });
      for await (const line of readLines(response.body!)) {
        yield assessmentEventSchema.parse(JSON.parse(line));
      }
    },
  };
}

async function* readLines(body: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop()!;
      yield* lines.filter(line => line !== '');
      if (done) break;
    }
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel();
  }
}
