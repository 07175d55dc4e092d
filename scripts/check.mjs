import { countResults, test } from './test.mjs';
import { runTool } from './tools.mjs';

/** `npm run check`: everything that CI asks for. Stops on the first failure; ends with the count of the tests. */
export async function check() {
  if ((await test()) !== 0) return 1;
  const steps = [
    ['lint', 'backstage-cli', ['repo', 'lint', '--max-warnings', '0']],
    ['format', 'prettier', ['--check', '.', '--loglevel', 'warn']],
    ['types', 'tsc', ['--incremental', 'false']],
    ['build', 'backstage-cli', ['repo', 'build', '--all']],
  ];
  for (const [name, command, args] of steps) {
    console.log(`\n== ${name}`);
    runTool(command, args);
  }
  const { passed, failed } = countResults();
  console.log(`${passed} passed, ${failed} failed`);
  return 0;
}
