import { runTests } from './test.mjs';
import { runTool } from './tools.mjs';

const steps = [
  ['lint', 'backstage-cli', ['repo', 'lint', '--max-warnings', '0']],
  ['format', 'prettier', ['--check', '.', '--loglevel', 'warn']],
  ['types', 'tsc', ['--incremental', 'false']],
  ['build', 'backstage-cli', ['repo', 'build', '--all']],
];

/** `npm run check`: everything that CI asks for. Stops on the first failure; ends with the count of the tests. */
export async function check() {
  const { passed, failed } = runTests();
  if (failed === 0) {
    for (const [title, command, args] of steps) {
      console.log(`\n== ${title}`);
      runTool(command, args, { isQuiet: title === 'build' });
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
