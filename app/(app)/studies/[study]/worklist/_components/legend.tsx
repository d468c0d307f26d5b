export function Legend() {
  return (
    <span className="ink3 hide-s legend">
      <svg width="40" height="8" aria-hidden="true">
        <rect className="winw" y="1" width="40" height="6" />
      </svg>
      window
      <svg width="3" height="12" aria-hidden="true">
        <line className="tgt" x1="1.5" x2="1.5" y1="0" y2="12" />
      </svg>
      target
      <svg width="10" height="10" aria-hidden="true">
        <circle className="now" cx="5" cy="5" r="4.5" />
      </svg>
      today. Same scale in every row
    </span>
  )
}
