export const firstRun = {
  title: 'The first run',
  intro: 'Ninety seconds: move a pod, attack one, and read what was found.',
  progress: '{{done}} of {{all}} done',
  problem: 'How far you are could not be read',
  denied: 'This is not for you to do',
  deniedDetail:
    'It takes the permissions cubemig.migration.read, cubemig.simulation.run and cubemig.alert.read for all services: sign in as somebody who has them, or ask an administrator.',
  dismiss: 'Dismiss',
  again: 'Show the first run again',
  finished: 'That is all of it: pods move, and alerts are answered.',
  steps: {
    migrate: 'Move a pod',
    attack: 'Attack one',
    watch: 'Watch the answer',
    read: 'Read the report',
  },
  details: {
    migrate:
      'Press Migrate at its pod, then Next, Make the plan, and start. It carries on in the other cluster, memory and all.',
    attack:
      'Choose a reverse shell and a pod that is there for it, and run the attack. It is harmless; Falco does not know that.',
    watch:
      'Falco cries within seconds, and a response rule moves the pod away. Open the alert to see what was decided, and why.',
    read: 'The pod was taken apart on its way: processes, sockets, files, and what the detectors say of them.',
  },
  links: {
    migrate: 'Open its migrations',
    attack: 'Open the simulation',
    watch: 'Open what happened',
    read: 'Open the report',
  },
} as const;
