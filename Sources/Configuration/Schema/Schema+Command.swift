extension Schema {
    /// A program of the operator's for a row.
    static let command: [Setting] = [
        Setting("title", .text, required: true, "What the menus call it."),
        Setting(
            "key", .form("a key such as \"F6\" or \"ctrl-x s\" that nothing else has"),
            "Runs it in a table or a detail."),
        Setting(
            "panes", .texts("a list of panes such as [\"devices\", \"alerts\"]"), standard: "all",
            "Where it is offered."),
        Setting(
            "run", .template, required: true,
            "The program and its arguments, without a shell; {field} is the row's, {device.field} its device's, {{ a brace."
        ),
        Setting(
            "capture", .flag, standard: "false", "Shows the output in a view; the program has no terminal."),
        Setting(
            "background", .flag, standard: "false", "Shows no output; a message says how the program ended."),
        Setting(
            "confirm", .flag, standard: "false",
            "Asks before it runs; in guarded mode every one that is not safe asks."),
        Setting("safe", .flag, standard: "false", "Changes nothing, so that it may run in read-only mode."),
    ]
}
