// Leaves the page for a hand-off, or ends the session and starts again at the front door.
export default async ({ data }) => {
  if (data?.go) window.location.replace(new URL(data.go, window.location.origin))
  if (data?.end) {
    await fetch(new URL(data.end, window.location.origin), { method: "POST" })
    window.location.assign("/")
  }
}
