"""What the security log calls what happened, in words; a kind without any is shown as it is."""

from app.language import N_, _

KINDS = {
    "sign_in": N_("Signed in"),
    "password_right": N_("Right password, code awaited"),
    "identity_right": N_("Right identity, code awaited"),
    "sign_in_failed": N_("Wrong password"),
    "sign_in_refused": N_("Sign-in refused"),
    "second_step_failed": N_("Wrong code"),
    "locked": N_("Locked for a while"),
    "sign_out": N_("Signed out"),
    "signed_out_elsewhere": N_("Signed another browser out"),
    "signed_out_everywhere": N_("Signed out everywhere else"),
    "sign_up": N_("Created an account"),
    "password_changed": N_("Changed the password"),
    "password_reset_asked": N_("Asked for a new password"),
    "password_reset_link_made": N_("Made a link for a new password"),
    "password_reset": N_("Chose a new password by a link"),
    "second_step_on": N_("Two-step sign-in on"),
    "second_step_off": N_("Two-step sign-in off"),
    "second_step_off_by_admin": N_("Two-step sign-in off, by an admin"),
    "recovery_codes_renewed": N_("New recovery codes"),
    "identity_connected": N_("Connected an OpenID identity"),
    "identity_disconnected": N_("Disconnected an OpenID identity"),
    "invitation_created": N_("Created an invitation"),
    "invitation_revoked": N_("Took an invitation back"),
    "invitation_accepted": N_("Accepted an invitation"),
    "role_changed": N_("Changed a role"),
    "ownership_handed_over": N_("Handed a household over"),
    "member_removed": N_("Removed a member"),
    "member_left": N_("Left a household"),
    "household_created": N_("Started a household"),
    "household_deleted": N_("Deleted a household"),
    "share_link_created": N_("Created a share link"),
    "share_link_revoked": N_("Revoked a share link"),
    "calendar_link_made": N_("Made a calendar link"),
    "calendar_link_ended": N_("Ended a calendar link"),
    "data_downloaded": N_("Downloaded their data"),
    "account_deleted": N_("Deleted their account"),
    "account_deleted_by_admin": N_("Deleted an account"),
    "account_disabled": N_("Disabled an account"),
    "account_enabled": N_("Enabled an account"),
    "admin_made": N_("Made an admin"),
    "admin_taken": N_("Took admin away"),
    "registration_opened": N_("Opened registration"),
    "registration_closed": N_("Closed registration"),
    "security_log_exported": N_("Exported the security log"),
}


def said(kind: str) -> str:
    """What happened, as it stands in the list."""
    return _(KINDS[kind]) if kind in KINDS else kind.replace("_", " ").capitalize()
