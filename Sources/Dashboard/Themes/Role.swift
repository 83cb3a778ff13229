/// What a piece of the screen means; themes give each a look.
///
/// The raw value is the name in a theme file. A role that a theme leaves out looks like the one with the last part
/// of its name taken off, and in the end like `text`.
public enum Role: String, CaseIterable, Sendable {
    /// Ordinary words; words that matter less; words of a heading.
    case text, textMuted = "text.muted", textHeading = "text.heading", textStrong = "text.strong"
    /// An entity that can be opened; what a filter found; what an input holds.
    case link, match, input
    /// The header line; the product's name on it.
    case header, headerName = "header.name"
    /// The line of panes; the one that is open.
    case tab, tabActive = "tab.active"
    /// Headings of columns; the one that rows are sorted by.
    case column, columnSorted = "column.sorted"
    /// The row under the cursor; the sign of a marked row.
    case cursor, mark
    /// Badness.
    case severity, severityCritical = "severity.critical", severityWarning = "severity.warning"
    case severityOk = "severity.ok", severityUnknown = "severity.unknown"
    /// States of devices, ports and alerts.
    case state, stateUp = "state.up", stateDown = "state.down", statePartly = "state.partly"
    case stateHandled = "state.handled", stateOff = "state.off", stateUnknown = "state.unknown"
    /// How fresh data is.
    case fresh, freshStale = "fresh.stale", freshLost = "fresh.lost"
    /// Rows of a backend that does not answer.
    case stale
    /// Dialogs: their ground, frame, title, the choice that has the focus, what hurts, what a change adds and takes.
    case dialog, dialogBorder = "dialog.border", dialogTitle = "dialog.title"
    case dialogFocus = "dialog.focus", dialogDanger = "dialog.danger"
    case dialogAdded = "dialog.added", dialogRemoved = "dialog.removed"
    /// The message line.
    case message, messageGood = "message.good", messageBad = "message.bad"
    /// The key line: keys and what they do.
    case key, keyLabel = "key.label"
    /// A connection without a verified certificate.
    case insecure
    /// The read-only sign.
    case readOnly = "read-only"
    /// What must not be overlooked: a frozen table, a dry run.
    case chip
    /// The line that says that an earlier moment is shown.
    case past

    /// The role that it looks like when a theme says nothing; nil for `text`.
    public var fallback: Role? {
        guard self != .text else { return nil }
        // Loud in every theme, also in one that was written before there were any.
        if self == .chip || self == .past { return .insecure }
        guard let dot = rawValue.lastIndex(of: ".") else { return .text }
        return Role(rawValue: String(rawValue[..<dot])) ?? .text
    }
}

/// The ground that something stands on: it gives the background where a role has none of its own.
public enum Variant: Int, CaseIterable, Sendable {
    /// The screen's own.
    case plain
    /// The row under the cursor: the background of `cursor`.
    case selected
    /// A row of a backend that does not answer: the look of `stale`.
    case stale
    /// Under the cursor and stale.
    case selectedStale
    /// The header line.
    case header
    /// The inside of a dialog.
    case dialog
}
