"""What a role is called, and what it may do."""

ROLES = {"owner": "Owner", "editor": "Editor", "viewer": "Viewer"}
MAY = {
    "owner": "Changes everything, invites people and says what they may do.",
    "editor": "Adds and changes watches and all that belongs to them.",
    "viewer": "Looks at everything and changes nothing.",
}
AS = {"owner": "an owner", "editor": "an editor", "viewer": "a viewer"}


def explained(role: str) -> str:
    """A role and what it may do, for a list to choose from."""
    return f"{ROLES[role]}: {MAY[role][0].lower()}{MAY[role][1:].rstrip('.')}"
