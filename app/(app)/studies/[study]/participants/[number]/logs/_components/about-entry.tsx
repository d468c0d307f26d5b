/** Which entry a form is about; every form of a log posts the same names. */
export function AboutEntry(props: { study: string; number: string; log: string; entry: number | 'new' }) {
  return (
    <>
      <input type="hidden" name="study" value={props.study} />
      <input type="hidden" name="number" value={props.number} />
      <input type="hidden" name="log" value={props.log} />
      <input type="hidden" name="entry" value={props.entry} />
    </>
  )
}
