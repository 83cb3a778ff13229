internal import Domain
internal import JSON

/// A host or service as the monitoring has it: `{"type", "name", "attrs": {…}}`.
struct Watched: Sendable {
    /// `cpe13812`, or `cpe13812!txrx`.
    var name = ""
    var host = ""
    /// Empty for a host.
    var service = ""
    /// 0 up or ok; 1 down or warning, 2 critical, 3 unknown; 99 never checked.
    ///
    /// Nil where the server does not say.
    var state: Int?
    /// Icinga's own number; nil where the server does not say.
    var severity: Int?
    /// What the server says of each; nil where it does not.
    var problem: Bool?
    var alarm: Bool?
    var acknowledged: Bool?
    var downtime: Bool?
    var handled: Bool?
    /// What it should say and does not.
    var lacks: Lacks = []
    var impact: Int?
    var output = ""
    var since: Timestamp?
    var lastCheck: Timestamp?
    /// Seconds between two checks.
    var checkInterval: Int64?
    /// When the server means to check next.
    var nextCheck: Timestamp?
    /// Whether the server checks by itself; nil where it does not say.
    var isCheckedActively: Bool?
    var address = ""
    /// What people wrote to its acknowledgement, where the server gives it.
    var comment = ""
    var type = ""
    var vendor = ""
    var model = ""
    var registration = Registration()
    var crm = Administration()
    var metrics: [Metric] = []
    private var isUnchecked = false

    static let pending = 99

    /// Parts of an object that are not there although they belong to it.
    struct Lacks: OptionSet, Sendable {
        let rawValue: UInt8
        /// Its name is not that of its attributes.
        static let name = Lacks(rawValue: 1)
        /// A host's variables, which say what it is.
        static let variables = Lacks(rawValue: 2)
        /// What a CPE's host has of the CRM.
        static let administration = Lacks(rawValue: 4)
        /// What was measured.
        static let metrics = Lacks(rawValue: 8)
        /// Anything of where it is registered.
        static let registration = Lacks(rawValue: 16)
    }

    /// One measured value; the limits are the upper ones alone.
    struct Metric: Sendable {
        let name: String
        let value: Double?
        let unit: String
    }

    /// What the monitoring copied from the CRM.
    struct Administration: Sendable {
        var cpe: Int64?
        var customerName = ""
        var externalID = ""
        var profile = ""
        /// What may be done about it, by the server's own word.
        var actions: [String] = []
        /// Nil where nothing says it.
        var hasAccess: Bool?
        var isActive: Bool?
        var tech = ""
    }

    /// Nil for a row without attributes or a name.
    init?(_ row: JSONValue) {
        guard let attributes = row["attrs"]?.object else { return nil }
        lacks = [.variables, .metrics, .registration, .administration]
        for (key, value) in attributes { take(key, value) }
        takeName(row["name"]?.text.map { Cleaning.clean($0) } ?? "")
        guard !name.isEmpty else { return nil }
        // What it says of hosts alone.
        if isHost { lacks.remove(.metrics) } else { lacks.subtract([.variables, .registration]) }
        if isHost ? type != "cpe" : true { lacks.remove(.administration) }
        if let state, !(isHost ? [0, 1, Self.pending] : [0, 1, 2, 3, Self.pending]).contains(state) {
            self.state = nil
        }
        if isUnchecked, state == 0 { state = Self.pending }
    }

    /// Search names an object by its host and its service; its attributes have both, and may leave one out.
    private mutating func takeName(_ given: String) {
        name = given
        if let mark = given.firstIndex(of: "!") {
            if host.isEmpty { host = String(given[..<mark]) }
            if service.isEmpty { service = String(given[given.index(after: mark)...]) }
        } else if host.isEmpty {
            host = given
        }
        let own = service.isEmpty ? host : "\(host)!\(service)"
        if !given.isEmpty, own != given { lacks.insert(.name) }
        name = own
    }

    private static let zoned = ServerClock(offset: 0, isCertain: true)

    private mutating func take(_ key: String, _ value: JSONValue) {
        switch key {
        case "host_name": host = clean(value)
        case "service_name": service = clean(value)
        case "address": address = clean(value)
        case "state": state = value.int64.flatMap { Int(exactly: $0) }
        case "severity": severity = value.int64.flatMap { Int(exactly: $0) }
        case "has_been_checked": isUnchecked = value.flag == false
        case "problem": problem = value.flag
        case "alarm": alarm = value.flag
        // Several say the same; any of them is enough.
        case "acknowledged", "acknowledgement": acknowledged = Self.either(acknowledged, value.flag)
        case "downtime", "downtimed", "downtime_depth": downtime = Self.either(downtime, value.flag)
        case "handled": handled = value.flag
        case "business_impact": impact = value.int64.flatMap { Int(exactly: $0) } ?? impact
        case "output": output = clean(value)
        case "last_state_change": since = moment(value)
        case "last_check": lastCheck = moment(value)
        case "next_check": nextCheck = moment(value)
        case "enable_active_checks": isCheckedActively = value.flag
        case "check_interval": checkInterval = value.int64.flatMap { $0 > 0 ? $0 : nil }
        case "acknowledgement_comment", "ack_comment", "comment": comment = clean(value)
        case "vars":
            guard let variables = value.object else { break }
            lacks.remove(.variables)
            for (key, value) in variables { takeVariable(key, value) }
        case "perfdata":
            guard let measured = value.array else { break }
            lacks.remove(.metrics)
            metrics = measured.compactMap { Self.metric($0) }
        default: break
        }
    }

    private static func either(_ known: Bool?, _ flag: Bool?) -> Bool? {
        guard let known, let flag else { return known ?? flag }
        return known || flag
    }

    private mutating func takeVariable(_ key: String, _ value: JSONValue) {
        if key.hasPrefix("cpe_registration_"), key != "cpe_registration_state" { lacks.remove(.registration) }
        switch key {
        case "business_impact": impact = impact ?? value.int64.flatMap { Int(exactly: $0) }
        case "type": type = clean(value)
        case "vendor": vendor = clean(value)
        case "model": model = clean(value)
        case "cpe_registration_host": registration.host = Registration.word(value)
        case "cpe_registration_id": registration.id = Registration.word(value)
        case "cpe_registration_state": registration.state = Registration.word(value)
        case "cpe_registration_tags": registration.tags = Registration.words(value)
        case "administrative_info":
            guard let administration = value.object else { break }
            lacks.remove(.administration)
            for (key, value) in administration { takeAdministration(key, value) }
        default: break
        }
    }

    private mutating func takeAdministration(_ key: String, _ value: JSONValue) {
        switch key {
        case "id": crm.cpe = value.int64
        case "customer_name": crm.customerName = clean(value)
        case "customer_external_id": crm.externalID = clean(value)
        case "profile_name": crm.profile = clean(value)
        case "actions": crm.actions = Registration.words(value)
        case "access": crm.hasAccess = value.flag
        case "active": crm.isActive = value.flag
        case "tech": crm.tech = clean(value)
        default: break
        }
    }

    private func clean(_ value: JSONValue) -> String { value.text.map { Cleaning.clean($0) } ?? "" }

    private func moment(_ value: JSONValue) -> Timestamp? {
        value.string.flatMap { CivilTime.parse($0, clock: Self.zoned) }
    }

    private static func metric(_ value: JSONValue) -> Metric? {
        guard let name = value["name"]?.text else { return nil }
        return Metric(
            name: Cleaning.clean(name), value: value["value"]?.double,
            unit: value["uom"]?.text.map { Cleaning.clean($0) } ?? "")
    }
}

/// What it means.
extension Watched {
    var isHost: Bool { service.isEmpty }
    var isCPE: Bool { crm.cpe != nil || type == "cpe" }
    /// Whether its own record does not say what kind of host it is; the CRM may.
    var isOfUnknownKind: Bool { isHost && !isCPE && type.isEmpty }
    var isDown: Bool { isHost && state == 1 }
    /// Whether it is not well; nil where nothing says it.
    ///
    /// The state says it as well.
    var isProblemKnown: Bool? { problem ?? state.map { $0 != 0 && $0 != Self.pending } }
    var isProblem: Bool { isProblemKnown == true }
    /// Seconds between two checks of the server's own, by its word or by when it means to check next.
    ///
    /// Nil where it does not say, and for what it does not check but is told: nobody is late with that.
    var pollInterval: Int64? {
        if isCheckedActively == false { return nil }
        if let checkInterval { return checkInterval }
        guard let lastCheck, let nextCheck, nextCheck > lastCheck else { return nil }
        return nextCheck.seconds - lastCheck.seconds
    }
    var isAcknowledged: Bool { acknowledged == true }
    var isInDowntime: Bool { downtime == true }
    var isHandled: Bool { handled == true }
    /// Down because what stands before it is: Icinga's 32 in place of 64 (inferred from its source).
    var isUnreachable: Bool {
        guard isDown, let severity else { return false }
        return severity & 64 == 0 && severity & 32 != 0
    }
    /// The customer's own power failed, as the equipment said with its last breath.
    var isWithoutPower: Bool { registration.state == "dyinggasp" || output.hasPrefix("dyinggasp") }

    /// Why nobody may use the line; nil when they may.
    var obstacle: String? {
        if crm.isActive == false { return "not active" }
        return crm.hasAccess == false ? "no access (unpaid?)" : nil
    }

    /// From this business impact on, Krill's own pages show an alarm.
    static let normalImpact = 2

    /// Whether it is what the server means by its network.
    var isOfNetwork: Bool { impact.map { $0 >= Self.normalImpact } == true }

    /// Whether the server itself does not alarm on an impact like this.
    var isMinor: Bool { impact.map { $0 < Self.normalImpact } == true }

    /// Whether it is one subscriber's, with an impact that the server itself does not alarm on.
    var isSingleLine: Bool { isCPE && isMinor }

    /// The word of a business impact, as Krill's own pages have them.
    var impactWord: String? {
        guard let impact, (0...5).contains(impact) else { return nil }
        return ["none", "low", "normal", "important", "very important", "critical"][impact]
    }

    /// How bad it is: what Krill calls an alarm is critical, any other problem a warning.
    ///
    /// A host that is only out of reach, one whose subscriber lost his own power, and one that nobody may use are
    /// no outage of the operator's: those are warnings. So is a single subscriber's line, whose impact the server calls
    /// less than normal and leaves out of its own alarms; many of one PON are told together, as critical.
    ///
    /// Nil where the server does not say what decides it.
    var severityWord: Severity? {
        guard isProblem else { return isProblemKnown == nil ? nil : state == Self.pending ? .unknown : .ok }
        if isSingleLine { return .warning }
        if isUnreachable || obstacle != nil || (isHost && isCPE && isWithoutPower) { return .warning }
        if isCPE, impact == nil || lacks.contains(.administration) { return nil }
        if alarm == true || state == (isHost ? 1 : 2) { return .critical }
        return alarm == nil && state == nil ? nil : .warning
    }

    /// Whether somebody or something took it.
    var alertState: AlertState {
        if !isProblem { return .cleared }
        return isAcknowledged || isInDowntime || isHandled ? .acknowledged : .open
    }

    /// What is said of how it is handled; empty when it is not.
    var note: String {
        var parts: [String] = []
        if isInDowntime { parts.append("in downtime") }
        if !comment.isEmpty { parts.append(comment) }
        if parts.isEmpty, isHandled, !isAcknowledged { parts.append("its host is down") }
        return parts.joined(separator: ": ")
    }

    /// What the monitoring's own checks are about, by their names.
    private static let checks = [
        "dhcp": "DHCP lease", "docsis": "DOCSIS signal", "pppoe": "PPPoE session",
        "provision": "provisioning", "qos": "QoS profile", "radio": "radio link", "tr069": "TR-069",
        "txrx": "optical level",
    ]

    /// What is wrong in a few words, as in `host down` or `PPPoE session`; a check that nobody knows is its name.
    var title: String {
        guard isHost else { return Self.checks[service.lowercased()] ?? service }
        return isUnreachable ? "host unreachable" : "host down"
    }
}
