internal import Domain

/// What one adapter remembers of its server between refreshes; no rows, only what they are joined with.
struct Memory {
    /// Nil until the server was probed.
    var dialect: Dialect?
    /// How times without a zone are read; nil until it is known.
    var clock: ServerClock?
    /// When a list last tried to find it out.
    var clockTriedAt: Timestamp?
    /// The devices of the last list, in its order.
    var devices: [DeviceID] = []
    /// Whether that list could name all of its devices.
    var devicesAre = Completeness.complete
    /// What devices are called.
    var deviceNames: [DeviceID: String] = [:]
    /// The devices that were down when they were last looked at.
    var down: Set<DeviceID> = []
    /// Which groups the devices are in.
    var memberships = Memberships()
    /// The devices that had open alerts.
    var alertDevices: [AlertID: DeviceID] = [:]
    /// What the log of alerts said last.
    var alertLog = AlertLog()
    /// The names and severities of the rules.
    var rules: [String: RuleSummary] = [:]
    /// When the rules were read.
    var rulesReadAt: Timestamp?
    /// When alerts opened, where the server forgets it.
    var alertStarts = AlertStarts()
    /// How far the ports of single devices were read.
    var sweep = Sweep()
    /// How many parts are inside which, of the devices whose whole inventory was read last.
    var contents = Contents()
    /// When `/ports` last failed, so that ports are read device by device for a while.
    var allPortsFailedAt: Timestamp?

    /// How times without a zone are read; a guess at UTC until it is known.
    var usableClock: ServerClock { clock ?? ServerClock(offset: 0, isCertain: false) }
}

/// The server's number of a device, in its digits.
typealias DeviceID = String
/// The server's number of an alert, in its digits.
typealias AlertID = String

/// What alerts take from their rule.
struct RuleSummary: Sendable, Equatable {
    var name: String
    var severity: Severity
}
