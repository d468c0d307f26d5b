import { ScrollBox } from '@/app/_ui/scroll-box'
import type { ListedSetting } from '@/lib/domain/instruments/settings-in-force'

/** The settings under which the study is scored, with name and version. */
export function SettingsTable({ settings }: { settings: readonly ListedSetting[] }) {
  return (
    <section className="fsec">
      <h2>Settings in force</h2>
      <ScrollBox label="Settings in force">
        <table className="min-w-160">
          <thead>
            <tr>
              <th scope="col">Instrument</th>
              <th scope="col">Setting</th>
              <th scope="col">In force</th>
              <th scope="col">Source</th>
              <th scope="col">Scoring rule</th>
            </tr>
          </thead>
          <tbody>
            {settings.map(setting => (
              <tr key={setting.key}>
                <th scope="row">{setting.instrument}</th>
                <td>
                  {setting.label} <span className="ink3">{setting.key}</span>
                </td>
                <td>
                  {setting.value}
                  {setting.isDefault && <span className="ink3"> by default</span>}
                </td>
                <td>{setting.source ?? '–'}</td>
                <td className="nw">{setting.ruleVersion}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="note">
        The protocol sets them; every export carries them in its manifest and codebook. A changed setting
        scores everything again.
      </p>
    </section>
  )
}
