internal import Canvas
internal import Dashboard

extension Schema {
    /// What the operator is called for.
    static let notify: [Setting] = [
        Setting(
            "filter", .form("a filter, as behind the / key"), standard: "\"\"",
            "Which alerts and backends; a backend has name, state (lost, back) and severity."),
        Setting(
            "events", .words(Transition.Event.allCases.map(\.rawValue)),
            standard: "[\"new\", \"worse\", \"lost\"]", "What of them."),
        Setting(
            "bell", .flag, standard: "false", "Rings the terminal's bell, once for all that comes at once."),
        Setting(
            "notification", .choice(["none"] + NotificationForm.allCases.map(\.rawValue)), standard: "none",
            "Tells the desktop through the terminal; auto chooses the form by the terminal's name."),
        Setting(
            "command", .program, standard: "none",
            "A program that gets what happened as JSON on its input and as NOCTURNE_ variables, within 30 s."),
        Setting(
            "quiet", .form("two times of the day such as \"22:00-06:00\""), standard: "never",
            "When nothing is done, by the clock of the machine."),
        Setting(
            "damping", .whole(1...1000), standard: "4",
            "What changes more often within damping_time is silent until it is calm for as long."),
        Setting("damping_time", .seconds(10...86_400), standard: "10m", "See damping."),
    ]
}
