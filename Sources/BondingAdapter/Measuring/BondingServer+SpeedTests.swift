internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Measuring a leg or a whole bond, followed until it ends.
extension BondingServer {
    func speedTestPlan(_ command: Command) async throws(BackendError) -> Plan {
        let isBond = command.kind == .testBond
        var plan = Plan(command, tier: isBond ? .hurts : .touchesService)
        let options = try Self.options(command)
        var tested: [String: Set<String>] = [:]
        for target in command.targets {
            guard let subject = try await subject(target, isBond: isBond) else {
                plan.excluded.append(gone(target))
                continue
            }
            let (owner, leg, name) = (subject.bond, subject.leg, subject.name)
            if let reason = leg.flatMap(Self.reasonAgainst) {
                plan.exclude(target, name: name, words: reason)
                continue
            }
            let parameters = ["bond": owner]
            try await demand(.post, Path.speedTests, parameters)
            let known = try await list(Path.speedTests, parameters, priority: 0)
            let ids = known.rows.compactMap { Reference($0)?.id }
            withMemory { $0.before[target] = Before(ids: Set(ids), words: [:]) }
            var body = options
            if let leg { body.append(.init("leg", .string(address(Path.leg, owner, leg.id)))) }
            plan.add(
                target, name: name,
                state: leg.map { "\($0.word), \($0.linkMode ?? "active")" }
                    ?? BondHealth(subject.legs, on: .hidden).words,
                request: .json(.post, Path.speedTests, parameters, .object(body)))
            plan.summary.append(
                "Measure \(name) for \(Self.seconds(command)) s each way at \(settings.name).")
            if let leg { tested[owner, default: []].insert(leg.id) }
        }
        plan.shorten()
        guard !plan.steps.isEmpty else { return plan }
        if isBond {
            plan.warnings.append("A test of a whole bond drops the customer's traffic while it runs.")
        } else {
            plan.warnings.append("Traffic moves to the bond's other legs, and shaping is off while it runs.")
            for (owner, legs) in tested.sorted(by: { $0.key < $1.key }) {
                try await warnOfLast(owner, without: legs, &plan)
            }
        }
        return plan
    }

    /// Why a leg can't be tested: the server takes only legs that are in use and up.
    private static func reasonAgainst(_ leg: WireLeg) -> String? {
        if let mode = leg.linkMode, mode != "active" {
            return "it is \(mode): only legs in use can be tested"
        }
        return leg.state.carries ? nil : "it is \(leg.word): only legs that are up can be tested"
    }

    private static func seconds(_ command: Command) -> Int64 {
        command.text("length").flatMap { Int64($0) } ?? 10
    }

    private static func options(_ command: Command) throws(BackendError) -> [JSONTree.Member] {
        var body: [JSONTree.Member] = []
        if let text = command.text("length") {
            guard let length = Int64(text), (1...300).contains(length) else {
                throw BackendError(.invalid, "a test lasts 1 to 300 seconds, not \(Cleaning.clean(text))")
            }
            body.append(.init("length", .integer(length)))
        }
        if let direction = command.text("direction"), direction != "both" {
            body.append(.init("direction", .string(direction)))
        }
        if let word = command.text("protocol") { body.append(.init("protocol", .string(word))) }
        return body
    }

    /// The address of a leg on the configured origin, as relations are written.
    private func address(_ path: PathTemplate, _ bond: String, _ leg: String) -> String {
        settings.endpoint.url(path.path(["bond": bond, "leg": leg]) ?? "")
    }

    /// Follows a test from its place in the queue to its end.
    func speedTestEvidence(
        _ plan: Plan, _ target: EntityRef, _ answers: [StepAnswer],
        _ reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> Evidence {
        guard let owner = try await owner(of: target) else {
            return .unseen("the server has no such \(target.kind)")
        }
        let path = ReferencePath(list: Path.speedTests, item: Path.speedTest, parameters: ["bond": owner])
        let leg = target.kind == .leg ? target.id : nil
        guard let id = try await started(target, answers, path, { Reference($0["leg"])?.id == leg }) else {
            return .unseen("no new test is listed")
        }
        let looks = plan.steps.isEmpty ? 1 : Int(Self.seconds(plan.command)) + 90
        let parameters = ["bond": owner, "test": id]
        return try await ended(Path.speedTest, parameters, looks, "the test", reporting) { row in
            TestResult.words(row)
        }
    }

    /// The number of what a POST made: the server's answer says it, else it is what was not listed before.
    func started(
        _ target: EntityRef, _ answers: [StepAnswer], _ path: ReferencePath,
        _ isOne: (JSONValue) -> Bool
    ) async throws(BackendError) -> String? {
        if case .success(let response) = answers.last(where: { $0.entity == target })?.result,
            response.isSuccess, let root = try? response.json(), let made = Reference(root)
        {
            return made.id
        }
        guard let before = withMemory({ $0.before[target] }) else { return nil }
        let listing = try await list(path.list, path.parameters, priority: 0)
        return listing.rows.last { row in
            guard let id = Reference(row)?.id else { return false }
            return !before.ids.contains(id) && isOne(row)
        }.flatMap { Reference($0)?.id }
    }

    /// Follows a test or a tuning until it is over; what is still queued then is not done.
    func ended(
        _ item: PathTemplate, _ parameters: [String: String], _ looks: Int, _ noun: String,
        _ reporting: @escaping @Sendable (String) -> Void, _ result: (JSONValue) -> String
    ) async throws(BackendError) -> Evidence {
        var last = Progress.waiting
        let seen = try await follow(looks: looks, reporting) { number throws(BackendError) in
            guard let row = try await row(item, parameters, priority: 0) else {
                return .evidence(.unseen("the server has no such test any more"))
            }
            last = Progress(row)
            switch last {
            case .finished:
                let words = result(row)
                return .evidence(.done(words.isEmpty ? "\(noun) finished" : "\(noun) finished: \(words)"))
            case .failed:
                let why = row.words("error", "message", "reason")
                return .evidence(.ended(.failed, why.map { "\(noun) failed: \($0)" } ?? "\(noun) failed"))
            case .cancelled: return .evidence(.ended(.failed, "\(noun) was cancelled"))
            case .waiting, .running, .unknown:
                return .notYet("\(noun) is \(last.word), \(number * 2) s after sending")
            }
        }
        return seen
            ?? .ended(.accepted, "\(noun) is \(last.word), not over yet: look at the bond's detail later")
    }
}

/// Where something that was made is listed.
struct ReferencePath {
    let list: PathTemplate
    let item: PathTemplate
    let parameters: [String: String]
}

/// What was read before a command, for what is read after it to be compared with.
struct Before: Sendable {
    /// What was listed.
    var ids: Set<String>
    /// States by leg.
    var words: [String: String]
}
