import Link from 'next/link'
import { PrintButton } from '@/app/_ui/print-button'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { pageContext } from '@/lib/server/auth'
import { readStory } from '@/lib/server/story'
import { makeStoryFigure } from './_components/story-figure'
import { describeStorySource } from './_components/story-files'
import { StoryFigure } from './_components/story-view'
import { describePerson } from './_components/story-words'

interface Props {
  params: Promise<{ study: string; number: string }>
}

/** The title is printed with the page: it names nobody. */
export const metadata = { title: 'Story of a participant' }

export default async function StoryPage({ params }: Props) {
  const { study, number } = await params
  const list = `/studies/${study}/participants`
  const record = `${list}/${number}`
  const ctx = await pageContext(`${record}/story`)
  const read = readStory(ctx, study, decodeURIComponent(number))
  if (!read.ok) return <Refusal error={read.error} />
  const { story, synthetic } = read.value
  return (
    <>
      <p className="crumb">
        <Link href={list} prefetch={false}>
          Participants
        </Link>{' '}
        /{' '}
        <Link href={record} prefetch={false}>
          Record
        </Link>{' '}
        / Story
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>Participant</h1>
            {synthetic && <SyntheticBadge />}
          </div>
          <p>{story ? describePerson(story.person) : 'Nothing to tell yet'}</p>
        </div>
        {story && (
          <div className="acts">
            <PrintButton />
          </div>
        )}
      </div>
      {story === null ? (
        <p className="note">
          Day zero is not known yet, so nothing has a place on the time axis. It follows from the record once
          its event (enrolment, randomisation or first treatment, as the protocol says) has its date.
        </p>
      ) : (
        <>
          <p className="note print:hidden">
            Without number, site, dates and free text, but with the diagnosis as it was entered: read it
            before it is published. A browser may print the address, which holds the number: switch its
            headers off.
          </p>
          <StoryFigure
            figure={makeStoryFigure(story, read.value)}
            source={describeStorySource(read.value)}
            fileOf={name => `${record}/story/files/${name}`}
          />
        </>
      )}
    </>
  )
}
