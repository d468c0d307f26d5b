import { ScrollBox } from '@/app/_ui/scroll-box'
import type { Flavour } from '@/lib/domain/exports/csv'

interface FileList {
  readonly study: string
  readonly dataCut: string
  readonly flavour: Flavour
  readonly files: readonly { readonly name: string; readonly holds: string }[]
}

/** Where a file of the export is, or the archive of all. */
export function addressOfFile({ study, dataCut, flavour }: Omit<FileList, 'files'>, name: string): string {
  return `/api/exports/${study}/${name}?${new URLSearchParams({ dataCut, flavour })}`
}

/** The files of an export; each link is a plain one, so that nothing is fetched before somebody asks for it. */
export function FileTable({ page }: { page: FileList }) {
  const { files } = page
  return (
    <ScrollBox label="Files">
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
                <a href={addressOfFile(page, file.name)} download>
                  {file.name}
                </a>
              </td>
              <td>{file.holds}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
