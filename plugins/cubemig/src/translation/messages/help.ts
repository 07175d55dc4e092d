export const help = {
  more: 'Read more',
  about: 'Help: {{title}}',
} as const;
