internal import Domain

extension CommandDescriptor {
    /// `PUT /alerts/:id`.
    static func acknowledge(_ dialect: Dialect) -> CommandDescriptor {
        CommandDescriptor(
            .acknowledge, title: "Acknowledge", targets: [.alert], tier: .harmless,
            effect: dialect.takesNotes
                ? "The server stops notifying about the alert until it gets worse, or until it clears."
                : "The server, which keeps no notes, stops notifying about the alert.",
            form: [FormField(.note, "Note", .line(required: false))]
                + (dialect.takesNotes
                    ? [FormField(.untilClear, "Until it clears", .toggle(initially: false))] : []))
    }

    /// `PUT /alerts/unmute/:id`, which takes an acknowledgement back; it has nothing to do with muted rules.
    static func unmute(_ dialect: Dialect) -> CommandDescriptor {
        CommandDescriptor(
            .unmute, title: "Unmute", targets: [.alert], tier: .harmless,
            effect: "The alert is open again, and the server notifies about it again.",
            form: [FormField(.note, "Note", .line(required: false))])
    }
}

extension Command {
    /// The note without white space around it.
    var note: String {
        guard case .text(let note) = arguments[.note] else { return "" }
        var rest = note[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// Whether an acknowledgement shall last until the alert clears.
    var lastsUntilClear: Bool { arguments[.untilClear] == .flag(true) }
}
