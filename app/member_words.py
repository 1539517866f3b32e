"""What a role is called, and what it may do; translated where it is shown."""

from app.language import N_, _, pgettext

ROLES = ("owner", "editor", "viewer")
AS = {"owner": N_("an owner"), "editor": N_("an editor"), "viewer": N_("a viewer")}
EXPLAINED = {
    "owner": N_("Owner: changes everything, invites people and says what they may do"),
    "editor": N_("Editor: adds and changes watches and all that belongs to them"),
    "viewer": N_("Viewer: looks at everything and changes nothing"),
}


def role_name(role: str) -> str:
    """What a role is called; the owner of a watch is another word in some languages."""
    names = {
        "owner": pgettext("role", "Owner"),
        "editor": pgettext("role", "Editor"),
        "viewer": pgettext("role", "Viewer"),
    }
    return names[role]


def explained(role: str) -> str:
    """A role and what it may do, for a list to choose from."""
    return _(EXPLAINED[role])
