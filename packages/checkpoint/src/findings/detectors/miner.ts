import { Detection, Detector, detectionOf } from '../Detector';

const COMMAND_LINE =
  /stratum\+(tcp|ssl|tls):\/\/|\b(xmrig|xmr-stak|minerd|cpuminer|ccminer|ethminer|nbminer|t-rex|lolminer|kdevtmpfsi|kinsing)\b|--donate-level\b|--(algo|coin)[= ]?(rx\/|cn\/|randomx|monero|cryptonight)|\b(supportxmr|nanopool|minexmr|moneroocean|hashvault|2miners|f2pool)\.(com|org|stream|pro)\b/i;

export const miner: Detector = {
  id: 'cryptocurrency-miner',
  title: 'Signs of a cryptocurrency miner',
  technique: { id: 'T1496', name: 'Resource Hijacking' },
  explanation:
    'The command line or the memory of a process holds text that miners use: names of mining programs, addresses and protocols of mining pools.',
  remedy:
    "Stop the container, block the pool's address, and find out how the program got in.",
  detect({ commands, memoryHits }) {
    const inCommands = commands
      .filter(({ text }) => COMMAND_LINE.test(text))
      .map(({ pid, command, text }) => ({
        pid,
        command,
        detail: `process ${pid} (${command}): ${text}`,
      }));
    const inMemory: Detection[] = [...new Set(memoryHits.map(h => h.pid))].map(
      pid => {
        const hits = memoryHits.filter(hit => hit.pid === pid);
        // One word may come from a page that was read, or a list of what to block.
        const isSure = new Set(hits.map(hit => hit.string)).size >= 2;
        return {
          severity: isSure ? 'high' : 'medium',
          evidence: hits.map(({ command, string, text, address }) => ({
            pid,
            command,
            address: `0x${address.toString(16)}`,
            detail: `the memory of process ${pid} (${command}) holds "${string}": ${text}`,
          })),
        };
      },
    );
    return [...detectionOf('critical', inCommands), ...inMemory];
  },
};
