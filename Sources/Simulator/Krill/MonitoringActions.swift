/// What people do to monitored objects: the dialogs' fields are public, the paths are inferred from Icinga.
extension KrillPaths {
    static func monitoringActions(_ release: KrillRelease) -> [KrillPath] {
        var roots = ["monitoring/hosts/{name}"]
        if release.serviceActions == .belowHost { roots.append("monitoring/hosts/{name}/services/{service}") }
        if release.serviceActions == .apart { roots.append("monitoring/services/{name}") }
        return roots.flatMap { root in
            actions.map { action in
                let known = action.fields.filter {
                    !release.unknownFields.contains($0.name)
                        && ($0.name != service.name || release.serviceActions == .inBody)
                }
                return .post("\(root)/\(action.step)", "Host \(action.title)", fields: known, action.answer)
            }
        }
    }

    private struct Action {
        let step: String
        let title: String
        let fields: [FieldWords]
        let answer: KrillPath.Handler
    }

    private static let actions = [
        Action(step: "reschedule", title: "Reschedule", fields: [service]) { $0.recheck() },
        Action(
            step: "acknowledge", title: "Acknowledge",
            fields: [
                comment, FieldWords("sticky", .boolean), FieldWords("persistent", .boolean),
                FieldWords("notify", .boolean), FieldWords("expiry", .datetime), service,
            ]
        ) { $0.acknowledge() },
        Action(step: "remove-acknowledgement", title: "Remove Acknowledgement", fields: [service]) {
            $0.removeAcknowledgement()
        },
        Action(
            step: "downtime", title: "Downtime",
            fields: [
                comment, FieldWords("start_time", .datetime, isRequired: true),
                FieldWords("end_time", .datetime, isRequired: true), FieldWords("fixed", .boolean),
                FieldWords("duration", .integer), FieldWords("all_services", .boolean),
                FieldWords(
                    "child_options", .choice, choices: ["no_children", "triggered", "non_triggered"]),
                service,
            ]
        ) { $0.beginDowntime() },
        Action(step: "remove-downtime", title: "Remove Downtime", fields: [service]) { $0.endDowntime() },
    ]

    private static let comment = FieldWords("comment", .string, isRequired: true)
    /// Names a service of the host; without it the host itself is meant.
    private static let service = FieldWords("service_name", .string)
}

extension KrillCall {
    /// The object that a body is about, or the answer that refuses it.
    private enum Aim {
        case object(Monitored, Input)
        case refused(Reply)
    }

    private func aim(requiring fields: [String] = []) -> Aim {
        guard let object = object(named: self["name"]) else { return .refused(notFound()) }
        let body: Input
        switch reading() {
        case .body(let read): body = read.without(release.unknownFields)
        case .refused(let reply): return .refused(reply)
        }
        let fields = fields.filter { !release.unknownFields.contains($0) }
        let missing = fields.filter { body[$0].plain.isEmpty }
        guard missing.isEmpty else {
            return .refused(complaints(missing.map { ($0, "This field is required.") }))
        }
        let named = release.serviceActions == .inBody ? body["service_name"].plain : ""
        let name = self["service"].isEmpty ? named : self["service"]
        guard !name.isEmpty else { return .object(object, body) }
        guard let service = services(of: object).first(where: { $0.serviceName == name }) else {
            return .refused(complaints([("service_name", "\(object.name) has no service \(name).")]))
        }
        return .object(service, body)
    }

    /// A host, or where the release finds them like that a service by both names.
    func object(named name: String) -> Monitored? {
        let parts = name.split(separator: "!", maxSplits: 1).map(String.init)
        guard parts.count == 2, [.byName, .apart].contains(release.serviceActions) else {
            return host(named: name)
        }
        return host(named: parts[0]).flatMap { host in
            services(of: host).first { $0.serviceName == parts[1] }
        }
    }

    private func done(_ words: String) -> Reply { json(["result": .text(words)]) }

    func recheck() -> Reply {
        switch aim() {
        case .refused(let reply): return reply
        case .object(let object, _):
            let tick = view.tick
            krill.world.changeLines { $0.rechecks[object.name] = tick }
            return done("Successfully rescheduled check for object '\(object.name)'.")
        }
    }

    func acknowledge() -> Reply {
        switch aim(requiring: ["comment"]) {
        case .refused(let reply): return reply
        case .object(let object, let body):
            // Icinga acknowledges no object that is well, and none twice.
            guard object.isProblem else { return detail(409, "Object '\(object.name)' is OK.") }
            guard object.acknowledgement == nil else {
                return detail(409, "Object '\(object.name)' is already acknowledged.")
            }
            let expires = moment(body["expiry"])
            let acknowledgement = LineChanges.Acknowledgement(
                at: view.tick, author: account?.user ?? "", comment: body["comment"].plain,
                isSticky: Comparison.flag(body["sticky"].plain) ?? false, expires: expires)
            krill.world.changeLines { $0.acknowledgements[object.name] = acknowledgement }
            return done("Successfully acknowledged problem for object '\(object.name)'.")
        }
    }

    func removeAcknowledgement() -> Reply {
        switch aim() {
        case .refused(let reply): return reply
        case .object(let object, _):
            krill.world.changeLines { changes in
                // A note from before the trouble began covers nothing: so it takes back a colleague's too.
                changes.acknowledgements[object.name] = LineChanges.Acknowledgement(
                    at: .min, author: "", comment: "", isSticky: false, expires: nil)
            }
            return done("Successfully removed acknowledgement for object '\(object.name)'.")
        }
    }

    func beginDowntime() -> Reply {
        switch aim(requiring: ["comment", "start_time", "end_time"]) {
        case .refused(let reply): return reply
        case .object(let object, let body):
            guard let start = moment(body["start_time"]), let end = moment(body["end_time"]) else {
                return complaints([("start_time", "Datetime has wrong format.")])
            }
            guard start < end else {
                return complaints([("end_time", "The end must be after the start.")])
            }
            let downtime = LineChanges.Downtime(
                start: start, end: end, author: account?.user ?? "", comment: body["comment"].plain)
            let takesAll = Comparison.flag(body["all_services"].plain) == true
            let names = [object.name] + (takesAll && object.isHost ? services(of: object).map(\.name) : [])
            krill.world.changeLines { changes in
                for name in names { changes.downtimes[name, default: []].append(downtime) }
            }
            return done("Successfully scheduled downtime for object '\(object.name)'.")
        }
    }

    func endDowntime() -> Reply {
        switch aim() {
        case .refused(let reply): return reply
        case .object(let object, _):
            krill.world.changeLines { $0.downtimes[object.name] = nil }
            return done("Successfully removed all downtimes for object '\(object.name)'.")
        }
    }

    /// A tick, read from Unix seconds or from a time with or without a zone.
    private func moment(_ input: Input) -> Int? {
        if let seconds = input.integer { return seconds - krill.world.origin }
        var text = input.plain
        var zone = krill.zone
        if text.hasSuffix("Z") {
            text.removeLast()
            zone = 0
        } else if text.count > 19, let sign = text.dropFirst(19).firstIndex(where: { $0 == "+" || $0 == "-" })
        {
            let parts = text[text.index(after: sign)...].split(separator: ":").compactMap { Int($0) }
            zone = ((parts.first ?? 0) * 60 + (parts.dropFirst().first ?? 0)) * (text[sign] == "-" ? -60 : 60)
            text = String(text[..<sign])
        }
        let seconds = Moment.seconds(reading: String(text.prefix { $0 != "." }))
        return seconds.map { $0 - zone - krill.world.origin }
    }
}

extension Input {
    /// An object without some of its members.
    fileprivate func without(_ names: Set<String>) -> Input {
        guard case .object(let members) = self, !names.isEmpty else { return self }
        return .object(members.filter { !names.contains($0.key) })
    }
}
