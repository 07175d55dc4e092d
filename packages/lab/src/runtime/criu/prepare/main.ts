import { cleanGroups } from '../node/controlGroups';
import { prepareCriu } from './prepareCriu';

/** `prepare` (the default; exits with 2 where real processes cannot run) or `clean`. */
async function main(task = 'prepare'): Promise<void> {
  if (task === 'clean') {
    const removed = await cleanGroups();
    removed.forEach(group => console.log(`Removed ${group}`));
    return;
  }
  const preparation = await prepareCriu(line => console.log(line));
  console.log(
    preparation.isReady
      ? `The lab's containers can be real processes here (${preparation.versions})`
      : `The lab's containers cannot be real processes here: ${preparation.reason}`,
  );
  process.exitCode = preparation.isReady ? 0 : 2;
}

main(process.argv[2]).catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
