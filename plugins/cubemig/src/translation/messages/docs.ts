export const docs = {
  title: 'Help',
  all: 'All pages of the docs',
  problem: 'This page of the docs could not be read',
  unknown: 'The docs have no page “{{name}}”',
  elsewhere:
    'Paths in brackets, such as deploy/examples, lie in CubeMig’s repository.',
  pages: {
    index: 'Contents',
    use: 'Use CubeMig',
    'first-run': 'The first run',
    migration: 'How a migration works',
    troubleshooting: 'Troubleshooting',
    alerts: 'Alerts',
    install: 'Install',
    operate: 'Operate',
    'threat-model': 'Threat model',
    api: 'API',
    lab: 'The lab',
    reliability: 'Reliability',
    performance: 'Performance',
    'coming-from-the-original': 'Coming from the original',
  },
} as const;
