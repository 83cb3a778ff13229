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
    var state = Watched.pending
    var severity = 0
    var isProblem = false
    var isAlarm = false
    var isAcknowledged = false
    var isInDowntime = false
    var isHandled = false
    var impact: Int?
    var output = ""
    var since: Timestamp?
    var lastCheck: Timestamp?
    var address = ""
    /// What people wrote to its acknowledgement, where the server gives it.
    var comment = ""
    var type = ""
    var vendor = ""
    var model = ""
    var registration = Registration()
    var crm = Administration()
    var metrics: [Metric] = []

    static let pending = 99

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
        var hasAccess = true
        var isActive = true
    }

    /// Nil for a row without a name.
    init?(_ row: JSONValue) {
        guard let attributes = row["attrs"]?.object else { return nil }
        name = row["name"]?.text.map { Cleaning.clean($0) } ?? ""
        for (key, value) in attributes { take(key, value) }
        if name.isEmpty { name = service.isEmpty ? host : "\(host)!\(service)" }
        guard !name.isEmpty else { return nil }
        // Search names a service by both; its own attributes may leave one out.
        if let mark = name.firstIndex(of: "!") {
            if host.isEmpty { host = String(name[..<mark]) }
            if service.isEmpty { service = String(name[name.index(after: mark)...]) }
        } else if host.isEmpty {
            host = name
        }
    }

    private static let zoned = ServerClock(offset: 0, isCertain: true)

    private mutating func take(_ key: String, _ value: JSONValue) {
        switch key {
        case "host_name": host = clean(value)
        case "service_name": service = clean(value)
        case "address": address = clean(value)
        case "state": state = value.int64.flatMap { Int(exactly: $0) } ?? Self.pending
        case "severity": severity = value.int64.flatMap { Int(exactly: $0) } ?? 0
        case "problem": isProblem = value.flag ?? false
        case "alarm": isAlarm = value.flag ?? false
        case "acknowledged", "acknowledgement": isAcknowledged = isAcknowledged || value.flag == true
        case "downtime", "downtimed", "downtime_depth": isInDowntime = isInDowntime || value.flag == true
        case "handled": isHandled = value.flag ?? false
        case "business_impact": impact = value.int64.flatMap { Int(exactly: $0) }
        case "output": output = clean(value)
        case "last_state_change": since = moment(value)
        case "last_check": lastCheck = moment(value)
        case "acknowledgement_comment", "ack_comment", "comment": comment = clean(value)
        case "vars": value.object?.forEach { takeVariable($0.key, $0.value) }
        case "perfdata": metrics = value.array?.compactMap { Self.metric($0) } ?? []
        default: break
        }
    }

    private mutating func takeVariable(_ key: String, _ value: JSONValue) {
        switch key {
        case "type": type = clean(value)
        case "vendor": vendor = clean(value)
        case "model": model = clean(value)
        case "cpe_registration_host": registration.host = Registration.word(value)
        case "cpe_registration_id": registration.id = Registration.word(value)
        case "cpe_registration_state": registration.state = Registration.word(value)
        case "cpe_registration_tags": registration.tags = Registration.words(value)
        case "administrative_info": value.object?.forEach { takeAdministration($0.key, $0.value) }
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
        case "access": crm.hasAccess = value.flag ?? true
        case "active": crm.isActive = value.flag ?? true
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
    var isDown: Bool { isHost && state == 1 }
    /// Down because what stands before it is: Icinga's 32 in place of 64 (inferred from its source).
    var isUnreachable: Bool { isDown && severity & 64 == 0 && severity & 32 != 0 }
    /// The customer's own power failed, as the equipment said with its last breath.
    var isWithoutPower: Bool { registration.state == "dyinggasp" || output.hasPrefix("dyinggasp") }

    /// Why nobody may use the line; nil when they may.
    var obstacle: String? {
        if !crm.isActive { return "not active" }
        return crm.hasAccess ? nil : "no access (unpaid?)"
    }

    /// From this business impact on, Krill's own pages show an alarm.
    static let normalImpact = 2

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
    var severityWord: Severity {
        guard isProblem else { return state == Self.pending ? .unknown : .ok }
        if isSingleLine { return .warning }
        if isUnreachable || obstacle != nil || (isHost && isCPE && isWithoutPower) { return .warning }
        return isAlarm || (isHost ? state == 1 : state == 2) ? .critical : .warning
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

    /// What is wrong in a few words, as in `host down` or `txrx`.
    var title: String {
        guard isHost else { return service }
        return isUnreachable ? "host unreachable" : "host down"
    }
}
