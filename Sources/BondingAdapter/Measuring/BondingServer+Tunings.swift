internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Tunings: started on a bond or a leg, followed, and then accepted, declined or cancelled.
///
/// The identity of a tuning is `bond/number`, that of a leg's `bond/leg/number`.
extension BondingServer {
    /// Where the tunings of an entity are.
    private func place(ofTuning entity: EntityRef) -> ReferencePath? {
        let path = entity.path
        switch path.count {
        case 2:
            return ReferencePath(
                list: Path.bondTuners, item: Path.bondTuner, parameters: ["bond": path[0], "tuner": path[1]])
        case 3:
            return ReferencePath(
                list: Path.legTuners, item: Path.legTuner,
                parameters: ["bond": path[0], "leg": path[1], "tuner": path[2]])
        default: return nil
        }
    }

    func tunePlan(_ command: Command) async throws(BackendError) -> Plan {
        let isBond = command.kind == "tune-bond"
        var plan = Plan(command)
        for target in command.targets {
            guard let subject = try await subject(target, isBond: isBond) else {
                plan.excluded.append(gone(target))
                continue
            }
            let (owner, name) = (subject.bond, subject.name)
            let path = isBond ? Path.bondTuners : Path.legTuners
            let parameters = isBond ? ["bond": owner] : ["bond": owner, "leg": target.id]
            try await demand(.post, path, parameters)
            let known = try await list(path, parameters, priority: 0)
            if let running = known.rows.first(where: { !Progress($0).isOver }) {
                plan.exclude(target, name: name, words: "a tuning is \(Progress(running).word) already")
                continue
            }
            let ids = known.rows.compactMap { Reference($0)?.id }
            withMemory { $0.before[target] = Before(ids: Set(ids), words: [:]) }
            plan.add(
                target, name: name,
                state: subject.leg?.word ?? BondHealth(subject.legs, on: .hidden).words,
                request: .json(.post, path, parameters, .object([])))
            plan.summary.append("Start a tuning of \(name) at \(settings.name).")
        }
        plan.shorten()
        if !plan.steps.isEmpty {
            plan.summary.append("What it recommends takes effect only when it is accepted.")
            plan.warnings.append("A bond can't be changed while it is tuned.")
        }
        return plan
    }

    func tuneEvidence(
        _ plan: Plan, _ target: EntityRef, _ answers: [StepAnswer],
        _ reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> Evidence {
        guard let owner = try await owner(of: target) else {
            return .unseen("the server has no such \(target.kind)")
        }
        let isBond = target.kind == .bond
        let parameters = isBond ? ["bond": owner] : ["bond": owner, "leg": target.id]
        let path = ReferencePath(
            list: isBond ? Path.bondTuners : Path.legTuners, item: isBond ? Path.bondTuner : Path.legTuner,
            parameters: parameters)
        guard let id = try await started(target, answers, path, { _ in true }) else {
            return .unseen("no new tuning is listed")
        }
        let looks = plan.steps.isEmpty ? 1 : 150
        return try await ended(
            path.item, parameters.merging(["tuner": id]) { $1 }, looks, "the tuning", reporting
        ) { row in
            TestResult.recommendations(row).map {
                "it recommends \($0); accept or decline it in the bond's detail"
            }
                ?? "it recommends no change"
        }
    }

    // MARK: Deciding

    func tuningActPlan(_ command: Command, _ act: TuningAct) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        for target in command.targets {
            guard let place = place(ofTuning: target),
                let row = try await row(place.item, place.parameters, priority: 0)
            else {
                plan.excluded.append(gone(target))
                continue
            }
            let name = tuningName(target)
            if let reason = Self.reasonAgainst(act, row) {
                plan.exclude(target, name: name, words: reason)
                continue
            }
            let path = target.path.count == 2 ? act.ofBond : act.ofLeg
            try await demand(.post, path, place.parameters)
            let advice = TestResult.recommendations(row)
            plan.add(
                target, name: name, state: advice ?? Progress(row).word,
                request: .bare(.post, path, place.parameters))
            let words = act == .cancel ? "" : ": \(advice ?? "")"
            plan.summary.append("\(act.rawValue.capitalizedWord) \(name) at \(settings.name)\(words).")
        }
        plan.shorten()
        return plan
    }

    /// What the server allows when: it would answer 400.
    private static func reasonAgainst(_ act: TuningAct, _ row: JSONValue) -> String? {
        let progress = Progress(row)
        if act == .cancel {
            return progress.isOver ? "it is \(progress.word): there is nothing to cancel" : nil
        }
        if case .unknown = progress { return nil }
        guard progress == .finished else {
            return "it is \(progress.word): only a finished tuning can be decided on"
        }
        if let decision = TestResult.decision(row) { return "it was \(decision) already" }
        if row["recommendations"] != nil, TestResult.recommendations(row) == nil {
            return "it recommends nothing"
        }
        return nil
    }

    private func tuningName(_ entity: EntityRef) -> String {
        let path = entity.path
        let bond = withMemory { $0.name(ofBond: path.first ?? "") }
        return path.count == 3
            ? "tuning \(path[2]) of \(bond) leg \(path[1])" : "tuning \(path.last ?? "") of \(bond)"
    }

    func tuningActEvidence(_ target: EntityRef, _ act: TuningAct) async throws(BackendError) -> Evidence {
        guard let place = place(ofTuning: target),
            let row = try await row(place.item, place.parameters, priority: 0)
        else { return .unseen("the server has no such tuning, or none that this account sees") }
        let progress = Progress(row)
        switch act {
        case .cancel:
            let found = "the tuning is \(progress.word)"
            return progress == .cancelled ? .done(found) : .not(found)
        case .accept, .decline:
            guard let decision = TestResult.decision(row) else {
                return .pending("the tuning shows no decision")
            }
            guard decision.lowercased().hasPrefix(act == .accept ? "accept" : "declin") else {
                return .not("the tuning is \(decision)")
            }
            return .done("the tuning is \(decision)\(act == .accept ? await updateWords(target, true) : "")")
        }
    }

    // MARK: Detail

    /// The tunings of a bond or a leg, the newest first.
    func tuningSections(
        _ path: PathTemplate, _ parameters: [String: String], prefix: String
    ) async throws(BackendError) -> [Detail.Section] {
        let listing = try await list(path, parameters, priority: 0)
        let lines = listing.rows.reversed().prefix(30).compactMap { row -> Detail.Line? in
            guard let reference = Reference(row) else { return nil }
            var name = "tuning \(Cleaning.clean(reference.id))"
            if let decision = TestResult.decision(row) {
                name += ", \(decision)"
            } else if let advice = TestResult.recommendations(row) {
                name += ", recommends \(advice)"
            }
            return Detail.Line(
                Progress(row).word, .ref(entity(.tuning, "\(prefix)/\(reference.id)"), name: name),
                .ref(.tuning))
        }
        return lines.isEmpty ? [] : [Detail.Section("Tunings", lines)]
    }

    /// The speed tests of a bond, the newest first.
    func speedTestSections(of bond: String) async throws(BackendError) -> [Detail.Section] {
        let listing = try await list(Path.speedTests, ["bond": bond], priority: 0)
        let lines = listing.rows.reversed().prefix(30).compactMap { row -> Detail.Line? in
            guard let reference = Reference(row) else { return nil }
            let about = Reference(row["leg"]).map { "leg \(Cleaning.clean($0.id))" } ?? "the bond"
            let result = TestResult.words(row)
            return Detail.Line(
                Progress(row).word,
                .ref(
                    entity(.speedTest, "\(bond)/\(reference.id)"),
                    name: result.isEmpty ? about : "\(about): \(result)"), .ref(.speedTest))
        }
        return lines.isEmpty ? [] : [Detail.Section("Speed tests", lines)]
    }

    /// Everything about a tuning or a speed test.
    func testDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let path = entity.path
        let place =
            entity.kind == .tuning
            ? place(ofTuning: entity)
            : path.count == 2
                ? ReferencePath(
                    list: Path.speedTests, item: Path.speedTest,
                    parameters: ["bond": path[0], "test": path[1]])
                : nil
        guard let place, let row = try await row(place.item, place.parameters, priority: 0) else {
            throw missing(entity)
        }
        var sections: [Detail.Section] = []
        let words = entity.kind == .tuning ? TestResult.recommendations(row) ?? "" : TestResult.words(row)
        sections.append(
            Detail.Section(
                entity.kind == .tuning ? "Tuning" : "Speed test",
                [
                    Detail.Line("state", .text(Progress(row).word), .state),
                    Detail.Line(entity.kind == .tuning ? "recommends" : "result", .text(words)),
                ]))
        sections.append(Detail.Section("Fields", fields.lines(row, leaving: ["result", "recommendations"])))
        return Detail(
            entity, title: entity.kind == .tuning ? tuningName(entity) : "speed test \(path[1])",
            sections: sections)
    }
}

extension String {
    /// With a capital at its beginning.
    var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
