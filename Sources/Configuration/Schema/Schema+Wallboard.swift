internal import Wallboard

extension Schema {
    /// What a wallboard shows.
    static let wallboard: [Setting] = [
        Setting(
            "name", .text, required: true,
            "What --wallboard calls it; without a name it shows the one called default, else the first."),
        Setting("theme", .text, standard: "that of [ui]", "The theme by day, by name."),
        Setting("night", .section(night), "When it is darker, by the clock of the machine."),
        Setting(
            "redact", .words(Redaction.allCases.map(\.rawValue)), standard: "[]",
            "What visitors must not read, on every page."),
        Setting(
            "lock", .flag, standard: "false",
            "No key does anything; only SIGTERM, SIGHUP and the end of the terminal end it."),
        Setting(
            "shift", .seconds(0...86_400), standard: "4m",
            "How often everything moves by a cell, so that nothing burns in; 0 never."),
        Setting(
            "page", .sections(page), standard: "overview, alerts, what has problems, map",
            "The pages, in order."),
    ]

    static let night: [Setting] = [
        Setting("from", .timeOfDay, required: true, "When it begins."),
        Setting("to", .timeOfDay, required: true, "When it ends; it may span midnight."),
        Setting("theme", .text, standard: "the one by day, darker", "The theme by night, by name."),
    ]

    static let page: [Setting] = [
        Setting(
            "view", .form("\"overview\", \"map\" or the name of a pane, such as \"alerts\""), required: true,
            "What it shows."),
        Setting("title", .text, standard: "the pane's name and the filter", "What stands above it."),
        Setting("filter", .form("a filter, as behind the / key"), standard: "\"\"", "Which rows it shows."),
        Setting(
            "sort", .form("fields with commas between them, - in front for the worst first"),
            standard: "the pane's", "How its rows are sorted."),
        Setting("dwell", .seconds(3...86_400), standard: "20s", "How long it stays."),
        Setting("only_if", .choice(["rows"]), "Leaves the page out while it has none of these."),
    ]
}
