/// An alert rule: one record for the dialect that has expressions and for the one that has a builder.
struct AlertRule: Sendable {
    let id: Int
    var name: String
    var severity: String
    var isDisabled = false
    /// The device that it is for, as old servers have it: a number, or -1 for all.
    var deviceID = "-1"
    /// As old servers write it: `%macros.device_down = "1"`; empty for a rule made with a builder.
    var expression = ""
    /// As new servers take it apart.
    var builder: Value = .object([])
    var extra: Extra
    /// What new servers read from the database.
    var query = "SELECT * FROM devices WHERE (devices.device_id = ?)"
    var scope = Scope()
    var invertsScope = false
    var proc: String? = ""
    var notes: String?
    var operation: AlertOperation?
    /// What makes its alerts; nil for a rule that never finds anything.
    var trouble: Trouble?

    /// What makes a rule's alerts.
    enum Trouble: Sendable, CaseIterable {
        case deviceDown, rebooted, peering, rush, portDown, sensor, service, errors
    }

    /// For which devices, groups and places a rule is, on new servers; empty is for all.
    struct Scope: Sendable, Equatable {
        var devices: [Int] = []
        var groups: [Int] = []
        var locations: [Int] = []
    }

    /// The settings that servers keep in one word.
    enum Extra: Sendable {
        /// As the web pages of either release wrote it.
        case settings(Settings)
        /// JSON in a string, as an old server's API wrote it; may be empty.
        case text(String)
        /// As a new server's API wrote it.
        case value(Value)
    }

    /// Alerts are numbered by device and rule, so that a row keeps its number as on a real server.
    static let numbersPerDevice = 12

    /// A number that alerts still carry although the rule is gone.
    static let goneRule = 12
}

/// When a rule speaks up: what web pages write into `extra`.
struct Settings: Sendable {
    var isMute = false
    /// A number of polls; -1 is without end.
    var count = "-1"
    /// Seconds, as a number or as a word: it depends on who wrote it.
    var delay: Value = .computed(300)
    var knowsInvert = false
}
