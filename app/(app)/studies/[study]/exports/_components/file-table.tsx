import type { Flavour } from '@/lib/domain/exports/csv'

interface FileList {
  readonly study: string
  readonly dataCut: string
  readonly flavour: Flavour
  readonly entry: number
  readonly files: readonly { readonly name: string; readonly holds: string }[]
}

/** The files of an export; each link is a plain one, so that nothing is fetched before somebody asks for it. */
export function FileTable({ page }: { page: FileList }) {
  const { study, dataCut, flavour, entry, files } = page
  const query = new URLSearchParams({ dataCut, flavour, entry: String(entry) })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="scroll" aria-label="Files" tabIndex={0}>
      <table className="hov">
        <caption className="vh">Files of the export</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Holds</th>
          </tr>
        </thead>
        <tbody>
          {files.map(file => (
            <tr key={file.name}>
              <td>
                <a href={`/api/exports/${study}/${file.name}?${query}`} download>
                  {file.name}
                </a>
              </td>
              <td>{file.holds}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
