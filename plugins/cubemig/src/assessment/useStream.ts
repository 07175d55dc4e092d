import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { Assessment, AssessmentEvent } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';

/** How far the model has come. */
export interface Writing {
  text: string;
  /** Why it begins anew, until it does. */
  restart?: Extract<AssessmentEvent, { type: 'restarted' }>;
}

const NOTHING: Writing = { text: '' };

/** What the model has written so far, while it writes it. Calls `onEnd` when there is no more to come. */
export function useStream(
  { id, status }: Assessment,
  onEnd: () => void,
): Writing {
  const { assessments } = useApi(cubemigApiRef);
  const [writing, setWriting] = useState(NOTHING);
  const isUnderWay = status === 'queued' || status === 'running';
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const abort = new AbortController();
    const follow = async () => {
      try {
        const events = assessments.followAssessment(id, {
          signal: abort.signal,
        });
        for await (const event of events) {
          if (event.type === 'restarted') {
            setWriting({ text: '', restart: event });
          }
          if (event.type === 'text') {
            setWriting(({ text }) => ({ text: text + event.text }));
          }
        }
      } catch {
        // A stream that broke off says nothing of the assessment: its state is read anew.
      }
      if (!abort.signal.aborted) onEnd();
    };
    setWriting(NOTHING);
    follow();
    return () => abort.abort();
  }, [assessments, id, isUnderWay, onEnd]);
  return writing;
}
