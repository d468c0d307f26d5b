import type { Command } from 'commander'
import { AddSite } from '@/lib/schemas/sites'
import { addSite } from '@/lib/server/sites'
import { parseOptions, print, unwrap, withDatabase } from './run'

export function addSiteCommands(program: Command): void {
  program
    .command('site')
    .description('sites of a study')
    .command('add')
    .description('add a site to a study')
    .requiredOption('--study <code>', 'code of the study')
    .requiredOption(
      '--code <code>',
      'code of the site, the first part of its participants’ numbers, e.g. MEL',
    )
    .requiredOption('--name <name>', 'name of the site')
    .option('--time-zone <zone>', 'IANA time zone; default: that of the study')
    .action(async (options: Record<string, string>) => {
      const input = parseOptions(AddSite, options)
      await withDatabase('setUp', ctx => unwrap(addSite(ctx, input)))
      print(false, null, [`Site ${input.code} was added to study ${input.study}.`])
    })
}
