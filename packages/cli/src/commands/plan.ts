import { Plan, PlanFinding } from '@cubemig/plugin-cubemig-common';
import { Command } from 'commander';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import { exitCodes } from '../exitCodes';
import {
  addOrderOptions,
  OrderOptions,
  readOrder,
} from '../migration/orderOptions';
import { formatJson } from '../output/json';
import { printable } from '../output/printable';
import { formatTable } from '../output/table';
import { Terminal } from '../output/Terminal';
import { CommandContext } from './CommandContext';

interface PlanOptions extends ApiOptions, OrderOptions {
  manifests?: boolean;
}

export function planCommand(context: CommandContext): Command {
  return addOrderOptions(apiCommand('plan'))
    .description('say what a migration would do, and touch nothing')
    .option('--manifests', 'show the objects that would be made')
    .addHelpText(
      'after',
      `
Exits with ${exitCodes.blocked} if something stands against the migration.`,
    )
    .action((pod: string, options: PlanOptions) =>
      withApi(context, options, async ({ api, terminal, finish }) => {
        const plan = await api.migrations.plan(
          await readOrder(api, pod, options),
        );
        terminal.write(
          options.output === 'json'
            ? formatJson(plan)
            : formatPlan(plan, terminal, options.manifests === true),
        );
        finish(plan.blockers.length > 0 ? exitCodes.blocked : exitCodes.ok);
      }),
    );
}

function formatPlan(plan: Plan, terminal: Terminal, hasManifests: boolean) {
  const { source, target, actions, references, nodes } = plan;
  const parts = [
    `${plan.mode} ${source.namespace}/${source.pod}: ${source.cluster}${
      target ? ` -> ${target.cluster}` : ''
    }\n`,
  ];
  if (actions.length > 0) {
    parts.push(
      formatTable(
        ['Step', 'Does', 'Where', 'What', 'Undone'],
        actions.map(({ step, verb, cluster, kind, name, isUndone }) => [
          step,
          verb,
          cluster ?? '',
          `${kind} ${name}`,
          isUndone ? 'yes' : 'no',
        ]),
      ),
    );
  }
  if (references.length > 0) {
    parts.push(
      formatTable(
        ['Needs', 'In the target', 'Copied'],
        references.map(({ kind, name, state, isCopied }) => [
          `${kind} ${name}`,
          state,
          isCopied ? 'yes' : 'no',
        ]),
      ),
    );
  }
  if (nodes.length > 0) {
    parts.push(
      formatTable(
        ['Node', 'Fits'],
        nodes.map(({ name, fits, reasons }) => [
          name,
          fits ? 'yes' : `no: ${reasons.join('; ')}`,
        ]),
      ),
    );
  }
  if (hasManifests) {
    for (const { manifest } of actions) {
      if (manifest) parts.push(`---\n${printable(manifest)}`);
    }
  }
  parts.push(
    ...plan.warnings.map(finding => formatFinding(finding, 'warning')),
    ...plan.blockers.map(finding => formatFinding(finding, 'blocker')),
  );
  if (plan.blockers.length === 0) {
    parts.push(terminal.style('green', 'Nothing stands against it.\n'));
  }
  return parts.join('\n');

  function formatFinding(
    { code, message, remedy, object }: PlanFinding,
    weight: 'warning' | 'blocker',
  ) {
    const label = terminal.style(
      weight === 'blocker' ? 'red' : 'yellow',
      `${weight}:`,
    );
    return `${label} ${printable(message)} (${code}${
      object ? `, ${printable(object)}` : ''
    })\n  ${printable(remedy)}\n`;
  }
}
