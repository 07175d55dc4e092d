import { RuleMatch, RuleRehearsal } from '@cubemig/plugin-cubemig-common';
import { AlertRecord, AlertStore } from '../alerts';
import { isMatch } from './rules';

/** Of one alert: a storm must not keep the others from being looked at. */
const OF_EACH = 100;
const OF_ALL = 5_000;

interface Match {
  alert: AlertRecord;
  /** When what matched was received: ISO 8601. */
  at: string;
}

/**
 * The alerts that a rule would have matched. An alert keeps the output fields of its latest occurrence; where a rule looks at those, the
 * earlier ones count as well, since they would have been an alert of their own (docs/adr/0013). The newest are looked at, up to a bound.
 */
export async function findMatches(
  match: RuleMatch,
  alerts: AlertRecord[],
  store: Pick<AlertStore, 'listOccurrences'>,
): Promise<{ matches: Match[]; occurrences?: RuleRehearsal['occurrences'] }> {
  const byAllElse = { ...match, outputFields: undefined };
  const looksAtFields = Object.keys(match.outputFields ?? {}).length > 0;
  const occurrences = { examined: 0, of: 0 };
  const matches: Match[] = [];
  // The newest first: they tell most.
  for (const alert of [...alerts].reverse()) {
    if (isMatch(match, alert)) {
      matches.push({ alert, at: alert.receivedAt });
    } else if (
      looksAtFields &&
      alert.occurrences > 1 &&
      isMatch(byAllElse, alert)
    ) {
      const left = Math.min(OF_EACH, OF_ALL - occurrences.examined);
      const found = left > 0 ? await store.listOccurrences(alert.id, left) : [];
      occurrences.examined += found.length;
      occurrences.of += alert.occurrences;
      const met = found.findLast(({ fields }) =>
        isMatch(match, { ...alert, fields }),
      );
      if (met) matches.push({ alert, at: met.receivedAt });
    }
  }
  return {
    matches: matches.sort((one, other) => one.at.localeCompare(other.at)),
    ...(looksAtFields && { occurrences }),
  };
}
