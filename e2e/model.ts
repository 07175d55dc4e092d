import { AssessmentAnswer } from '@cubemig/plugin-cubemig-common';
import {
  ModelRequest,
  ModelServer,
} from '../plugins/cubemig-backend/src/assessment/__testUtils__/ModelServer';
import { modelPort } from './clusters';

export {
  refuse,
  say,
} from '../plugins/cubemig-backend/src/assessment/__testUtils__/ModelServer';

/** Not in any pod of the lab. */
export const INVENTED = '4711 kworker-that-is-not-there';

/** Lets `use` play the language model that the backend asks. */
export async function withModel(use: (model: ModelServer) => Promise<void>) {
  const model = await ModelServer.start(modelPort);
  try {
    await use(model);
  } finally {
    await model.stop();
  }
}

/** What lasts until a test ends it, well or badly. */
export function hold() {
  let goOn = () => {};
  let cut = () => {};
  const isOver = new Promise<void>((resolve, reject) => {
    goOn = resolve;
    cut = () => reject(new Error('cut'));
  });
  // Nobody may be there any more to hear of it.
  isOver.catch(() => {});
  return { isOver, goOn, cut };
}

/** What the evidence in a prompt holds, by its headings. */
export function readEvidence({ messages }: ModelRequest) {
  const evidence: Record<string, any[]> = {};
  let part: string | undefined;
  for (const line of messages[1].content.split('\n')) {
    if (line.startsWith('# ')) {
      part = line.slice(2);
      evidence[part] = [];
    } else if (part && line.startsWith('{')) {
      evidence[part].push(JSON.parse(line));
    }
  }
  return evidence;
}

/** An answer about what the prompt holds, and about one thing that it does not. */
export function answerTo(request: ModelRequest): AssessmentAnswer {
  const { container, processes, ...others } = readEvidence(request);
  const [process] = processes;
  const real = {
    kind: 'process' as const,
    value: `${process.pid} ${process.command}`,
  };
  const invented = { kind: 'process' as const, value: INVENTED };
  const rules = others['falco alerts'].map(({ rule }) => rule);
  const seen = container[0].detectors.verdict;
  return {
    verdict: seen === 'clean' ? 'benign' : seen,
    confidence: 0.75,
    issues: [
      {
        title: `${rules.join(', ')} in ${container[0].name}`,
        severity: 'medium',
        explanation: `Falco saw it while ${processes.length} processes ran: ${process.commandLine}.`,
        evidence: [real, { kind: 'alert', value: rules[0] }, invented],
      },
    ],
    correctiveActions: [
      {
        title: `Look at what ${process.command} was told to do`,
        explanation: `It runs as user ${process.uid} in ${container[0].image}.`,
        priority: 'soon',
      },
    ],
    threats: [
      {
        title: 'Removed traces',
        explanation: 'What was done before cannot be read any more.',
      },
    ],
    hypothesis: {
      text: `Somebody in ${container[0].pod} ran a command that removes logs.`,
      evidence: [real],
    },
    mitre: [{ id: 'T1070.002', name: 'Clear Linux or Mac System Logs' }],
  };
}
