import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS over HTTP: rules")
struct LiveRuleTests {
    private func ref(_ id: Int) -> EntityRef { EntityRef(BackendID(0), .rule, id: String(id)) }

    private func rule(_ live: LiveLibreNMS, _ id: Int) async throws -> WireRule {
        try #require(try await live.server.wireRule(String(id)))
    }

    private func plan(
        _ live: LiveLibreNMS, _ kind: CommandKind, _ id: Int, _ arguments: [FieldKey: Value] = [:]
    ) async throws -> Plan {
        try await live.server.prepare(Command(kind, [ref(id)], arguments))
    }

    /// Every field of a rule as JSON, but those that may differ.
    private func fields(_ rule: WireRule, without: Set<String>) -> [String: String] {
        var fields: [String: String] = [:]
        guard let members = rule.row.object else { return [:] }
        for (key, value) in members where !without.contains(key) { fields[key] = JSONTree(value).text }
        return fields
    }

    @Test(
        "switching a rule changes that alone, maps included, there and back", arguments: LiveLibreNMS.releases
    )
    func switching(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            for id in [1, 3, 5, 6, 8, 9] {
                let before = try await rule(live, id)
                let kind: CommandKind = before.isDisabled == true ? .enableRule : .disableRule
                let there = try await plan(live, kind, id)
                #expect(there.tier == .touchesService)
                #expect(await live.perform(there).map(\.state) == [.verified], "\(id)")
                let after = try await rule(live, id)
                #expect(after.isDisabled == !(before.isDisabled ?? false))
                // What the newest servers keep of their past in extra is lost, and said so before.
                let lost = ["mute", "count", "delay"].contains { before.extra?[$0] != nil }
                let warned = there.warnings.contains { $0.contains("drops old settings") }
                #expect(warned == (release == .modern && lost))
                #expect(
                    fields(before, without: ["disabled", "extra"])
                        == fields(after, without: ["disabled", "extra"]))
                #expect((after.isInverted ?? false) == (before.isInverted ?? false))
                if release == .release2016 {
                    #expect(after.count == before.count)
                    #expect((after.delay ?? 0) == (before.delay ?? 0))
                    #expect(after.isMute == before.isMute)
                }
                let back = try await plan(live, kind == .enableRule ? .disableRule : .enableRule, id)
                #expect(await live.perform(back).map(\.state) == [.verified])
            }
            #expect(live.commands.allSatisfy { $0 == "PUT /api/v0/rules" })
        }
    }

    @Test("what is so already, or gone, is left out", arguments: LiveLibreNMS.releases)
    func nothing(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let already = try await plan(live, .disableRule, 8)
            #expect(already.steps.isEmpty && already.excluded.first?.words == "already disabled")
            let gone = try await plan(live, .editRule, 4_711)
            #expect(gone.steps.isEmpty && gone.excluded.first?.words.hasPrefix("gone") == true)
            let same = try await plan(live, .editRule, 1, [.severity: .text("unchanged")])
            #expect(same.steps.isEmpty)
        }
    }

    @Test("an edit shows what changes, keeps the number, and is read back", arguments: LiveLibreNMS.releases)
    func editing(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            var answers = try await live.server.opening(Command(.editRule, [ref(3)]))
            #expect(answers[.name] == .text("BGP Session down"))
            answers[.severity] = .text("warning")
            answers[.expression] = .text("%bgpPeers.bgpPeerState = \"idle\"")
            let edit = try await plan(live, .editRule, 3, answers)
            #expect(edit.changes.first == Change("severity", from: "critical", to: "warning"))
            #expect(edit.changes.map(\.title) == ["severity", "rule"])
            #expect(edit.steps.first?.request.shownBody?.hasPrefix("{\"rule_id\":3,") == true)
            let before = try await live.server.wireRules().count
            #expect(await live.perform(edit).map(\.state) == [.verified])
            let after = try await rule(live, 3)
            #expect(after.severity == .warning)
            #expect(after.expression == "%bgpPeers.bgpPeerState = \"idle\"")
            if release == .modern { #expect(after.scope.groups == ["1"]) }
            #expect(try await live.server.wireRules().count == before)
            // What it was is in the record.
            guard case .text(let opened) = edit.command.arguments[.opened] else {
                Issue.record("the old rule is not kept")
                return
            }
            #expect(opened.contains("\"critical\""))
        }
    }

    @Test(
        "while somebody else changes it, both versions are shown and nothing is sent",
        arguments: LiveLibreNMS.releases)
    func conflict(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            var mine = try await live.server.opening(Command(.editRule, [ref(4)]))
            _ = await live.perform(try await plan(live, .editRule, 4, [.severity: .text("critical")]))
            let sent = live.commands.count
            mine[.name] = .text("Mine")
            await #expect {
                _ = try await plan(live, .editRule, 4, mine)
            } throws: { error in
                (error as? BackendError)?.words.contains("severity: warning → critical") == true
            }
            #expect(live.commands.count == sent)
        }
    }

    @Test(
        "a rule that can't be is refused before anything is sent, with the place of the fault",
        arguments: [
            ([.expression: .text("%devices.status = \"0")], "column 19"),
            ([.expression: .text("%devices.status == 0")], "column 17"),
            ([.severity: .text("mild")], "no severity mild"), (["delay": .text("soon")], "soon is no time"),
            (["count": .text("many")], "many is no number"),
            (["devices": .text("core")], "core is no number"),
        ] as [([FieldKey: Value], String)])
    func refused(arguments: [FieldKey: Value], words: String) async throws {
        try await withLiveServer(.modern) { live in
            await #expect {
                _ = try await plan(live, .editRule, 1, arguments)
            } throws: { ($0 as? BackendError)?.words.contains(words) == true }
            #expect(live.commands.isEmpty)
        }
    }

    @Test("a rule is added once, found by its name, and deleted", arguments: LiveLibreNMS.releases)
    func adding(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let arguments: [FieldKey: Value] = [
                .name: .text("Disk full"), .severity: .text("critical"),
                .expression: .text("%storage.storage_perc >= \"95\" && %macros.device = \"1\""),
                "mute": .flag(true), "delay": .text("5 m"), "count": .text("3"), .enabled: .flag(false),
            ]
            let add = try await plan(live, .addRule, 0, arguments)
            let outcome = try #require(await live.perform(add).first)
            #expect(outcome.state != .failed, "\(outcome.words)")
            let made = try #require(try await live.server.wireRules().first { $0.name == "Disk full" })
            #expect(outcome.words.contains(made.id))
            #expect(made.severity == .critical && made.isDisabled == true)
            await #expect {
                _ = try await plan(live, .addRule, 0, arguments)
            } throws: { ($0 as? BackendError)?.words.contains("already: number \(made.id)") == true }

            let delete = try await plan(live, .deleteRule, Int(made.id) ?? 0)
            #expect(delete.tier == .hurts)
            #expect(await live.perform(delete).map(\.state) == [.verified])
            #expect(try await live.server.wireRule(made.id) == nil)
            #expect(live.commands == ["POST /api/v0/rules", "DELETE /api/v0/rules/\(made.id)"])
        }
    }

    @Test(
        "what is emptied in the form goes and is shown as going; what is put back has it again",
        arguments: LiveLibreNMS.releases)
    func emptying(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            // The newer one would want somebody to tell for a delay.
            let keys: [FieldKey] = release == .modern ? ["notes"] : ["delay", "count"]
            var answers = try await live.server.opening(Command(.editRule, [ref(3)]))
            for key in keys { answers[key] = .text("300") }
            let filling = try await plan(live, .editRule, 3, answers)
            #expect(await live.perform(filling).map(\.state) == [.verified])
            let filled = try await rule(live, 3)

            answers = try await live.server.opening(Command(.editRule, [ref(3)]))
            for key in keys + ["groups"] { answers[key] = .text("") }
            let emptying = try await plan(live, .editRule, 3, answers)
            #expect(
                emptying.changes.contains { $0.title == keys[0].rawValue && ["", "none"].contains($0.new) })
            #expect(await live.perform(emptying).map(\.state) == [.verified])
            let emptied = try await rule(live, 3)
            if release == .modern {
                #expect(emptied.row["notes"]?.text == "")
                #expect(emptied.scope == .all)
                #expect(emptying.changes.contains(Change("scope", from: "groups 1", to: "all")))
            } else {
                #expect(emptied.delay == 0 && emptied.count == "")
            }

            // As the form does it: what it began with, and the old values over that.
            var back = try await live.server.opening(Command(.editRule, [ref(3)]))
            back.merge(try #require(emptying.undo).arguments) { $1 }
            #expect(await live.perform(try await plan(live, .editRule, 3, back)).map(\.state) == [.verified])
            #expect(fields(try await rule(live, 3), without: []) == fields(filled, without: []))

            // What had nothing is put back to nothing. Old settings that the newest server dropped are no part of it.
            back = try await live.server.opening(Command(.editRule, [ref(3)]))
            back.merge(try #require(filling.undo).arguments.filter { keys.contains($0.key) }) { $1 }
            #expect(await live.perform(try await plan(live, .editRule, 3, back)).map(\.state) == [.verified])
            let now = try await rule(live, 3)
            #expect(release == .modern ? now.row["notes"]?.text == "" : now.count == "1" && now.delay == 0)
        }
    }

    @Test("a rule without a name or anything to look for is refused")
    func needed() async throws {
        try await withLiveServer(.modern) { live in
            for key in [FieldKey.name, .expression] {
                await #expect {
                    _ = try await plan(live, .editRule, 1, [key: .text("")])
                } throws: { ($0 as? BackendError)?.words.hasPrefix("a rule needs") == true }
            }
            #expect(live.commands.isEmpty)
        }
    }

    @Test("a deleted rule is made again with everything that it had", arguments: LiveLibreNMS.releases)
    func undeleting(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            for id in [1, 3, 6, 9] {
                let before = try await rule(live, id)
                let delete = try await plan(live, .deleteRule, id)
                let hides = delete.warnings.contains {
                    $0.hasPrefix("Maps of the rule") && $0.contains("lost")
                }
                #expect(hides == (release == .release2016))
                #expect(await live.perform(delete).map(\.state) == [.verified])
                let undo = try #require(delete.undo)
                #expect(undo.kind == .addRule && undo.targets == [.new(BackendID(0), .rule)])
                let add = try await live.server.prepare(undo)
                let outcome = try #require(await live.perform(add).first)
                #expect(outcome.state == .verified, "\(outcome.words)")
                let made = try #require(try await live.server.wireRules().first { $0.name == before.name })
                #expect(made.id != before.id)
                #expect(
                    fields(made, without: ["id", "extra", "alert_operation_id", "proc"])
                        == fields(before, without: ["id", "extra", "alert_operation_id", "proc"]))
                #expect(made.row["proc"]?.text ?? "" == before.row["proc"]?.text ?? "")
                #expect(made.isInverted ?? false == before.isInverted ?? false)
                // What the newest servers keep of their past in extra is lost, and said so before.
                let lost = ["mute", "count", "delay"].contains { before.extra?[$0] != nil }
                let warned = add.warnings.contains { $0.contains("drops old settings") }
                #expect(warned == (release == .modern && lost))
                guard release == .release2016 else { continue }
                #expect(made.count == before.count)
                #expect(made.delay ?? 0 == before.delay ?? 0)
                #expect(made.isMute == before.isMute)
            }
        }
    }

    @Test("an edit at an old server says which devices the rule stays for, and what can't be seen")
    func scopeOf2016() async throws {
        try await withLiveServer(.release2016) { live in
            let edit = try await plan(live, .editRule, 1, [.severity: .text("warning")])
            #expect(edit.summary.contains("It stays for all devices: this server's API moves no rule."))
            #expect(edit.warnings.contains { $0.hasPrefix("Maps of the rule to devices and groups") })
        }
    }

    @Test("a newer server that answers 400 and yet makes the rule is seen through")
    func madeAllTheSame() async throws {
        try await withLiveServer(.modern) { live in
            let add = try await plan(
                live, .addRule, 0,
                [
                    .name: .text("Late"), .expression: .text("%devices.status = \"0\""),
                    "delay": .text("10 m"), "mute": .flag(false),
                ])
            let outcome = try #require(await live.perform(add).first)
            let made = try #require(try await live.server.wireRules().first { $0.name == "Late" })
            #expect(outcome.state == .accepted)
            #expect(
                outcome.words.hasPrefix("the rule was made as number \(made.id), but delay is 0 s, not 600 s")
            )
            #expect(outcome.words.contains("transport"))
        }
    }

    @Test("an old server escapes a name twice: it is said before and seen after")
    func escaped() async throws {
        try await withLiveServer(.release2016) { live in
            let edit = try await plan(live, .editRule, 1, [.name: .text("it's down")])
            #expect(edit.warnings.contains { $0.contains("it\\'s down") })
            let outcome = try #require(await live.perform(edit).first)
            #expect(outcome.state == .verified)
            #expect(outcome.words.hasSuffix(#"all of it as wanted; name is kept as it\'s down"#))
        }
    }

    @Test("a token without the right changes nothing, and the outcome says so")
    func reader() async throws {
        try await withLiveServer(.modern, token: LiveLibreNMS.tokens.readOnly) { live in
            let outcome = try #require(await live.perform(try await plan(live, .disableRule, 1)).first)
            #expect(outcome.state == .failed)
            #expect(outcome.words.contains("no right") && outcome.words.contains("disabled is off, not on"))
        }
    }

    @Test(
        "a connection that dies after PUT: unknown, and the check tells the truth",
        arguments: LiveLibreNMS.releases)
    func dropped(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let disable = try await plan(live, .disableRule, 1)
            live.simulator.setFaults([Fault(.dropped, at: "/api/v0/rules")])
            let outcome = try #require(await live.perform(disable).first)
            #expect(outcome.state == .unknown)
            live.simulator.setFaults([])
            let lost = [StepAnswer(ref(1), .failure(.outcomeUnknown(reason: "closed")))]
            let checked = await live.server.verify(disable, answers: lost)
            #expect(checked.map(\.state) == [.verified])
            #expect(live.commands.count == 1)
            // What another process sent is judged by what was asked for.
            let record = Plan(disable.command, steps: [], summary: [], tier: .hurts)
            #expect(await live.server.verify(record, answers: []).map(\.state) == [.verified])
        }
    }
}
