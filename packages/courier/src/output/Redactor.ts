/** Takes secrets out of texts that leave the courier, whoever put them in: a registry may echo what it was sent. */
export class Redactor {
  private readonly secrets = new Set<string>();

  add(...secrets: string[]): void {
    for (const secret of secrets) {
      // A very short secret would blank out half of every text and is none worth the name.
      if (secret.length >= 6) this.secrets.add(secret);
    }
  }

  redact(text: string): string {
    let clean = text;
    for (const secret of this.secrets) {
      clean = clean.split(secret).join('***');
    }
    return clean;
  }
}
