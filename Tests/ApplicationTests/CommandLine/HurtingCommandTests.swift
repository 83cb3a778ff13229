import AdapterKit
import Audit
import Dashboard
import Domain
import RawServer
import Testing

@testable import nocturne

@Suite("A command that hurts, from the command line", .timeLimit(.minutes(15)))
struct HurtingCommandTests {
    private func withTides(
        isReadOnly: Bool = false, mode: BackendMode = .normal,
        _ story: (Line, TideServer) async throws -> Void
    ) async throws {
        let server = try TideServer()
        try await withLine([.sea(server, mode: mode)], isReadOnly: isReadOnly) { try await story($0, server) }
    }

    @Test("without --confirm, with a wrong name, or with --yes alone exits 3, and nothing arrives")
    func unconfirmed() async throws {
        try await withTides { line, server in
            let words = ["Harbour mouth", "--reason", "storm", "--pin-env", "PIN"]
            for (confirm, yes) in [([], false), (["Harbour"], false), ([], true), (["harbour mouth"], true)]
                as [([String], Bool)]
            {
                let ending = await line.run(
                    "raise-barrier", words, yes: yes,
                    confirm: confirm)
                #expect(ending.code == .refused, "\(confirm): \(ending.text)")
                #expect(
                    ending.complaint.contains("not sent") || ending.complaint.contains("nothing was sent"))
                #expect(ending.output.isEmpty)
            }
            #expect(server.commands.isEmpty)
            #expect(line.record.isEmpty)
        }
    }

    @Test("says what it hurts and which option sends it")
    func asks() async throws {
        try await withTides { line, _ in
            let ending = await line.run(
                "raise-barrier", ["Harbour mouth", "--reason", "storm", "--pin-env", "PIN"])
            #expect(ending.complaint.contains("The barrier goes up."))
            #expect(ending.complaint.contains("--confirm 'Harbour mouth'"))
        }
    }

    @Test("is sent once with the right name, verified, recorded, and keeps its secret")
    func confirmed() async throws {
        try await withTides { line, server in
            let ending = await line.run(
                "raise-barrier", ["Harbour mouth", "--reason", "storm tide", "--pin-env", "PIN"],
                confirm: ["Harbour mouth"], format: .json)
            #expect(ending.code == .fine, "\(ending.text)")
            #expect(
                server.commands == [
                    "POST /about/gauges/g-1/barrier {\"reason\": \"storm tide\", \"pin\": \"4711-0815\"}"
                ])
            let row = try #require(ending.rows.first)
            #expect(row["backend"] as? String == "sea" && row["kind"] as? String == "gauge")
            #expect(row["id"] as? String == "g-1" && row["name"] as? String == "Harbour mouth")
            #expect(row["command"] as? String == "raise-barrier" && row["outcome"] as? String == "verified")
            let record = try #require(row["record"] as? String)
            #expect(try line.audit.entries().map(\.id) == [record])
            #expect(line.record.contains("storm tide"))
            for text in [ending.text, line.record] + line.log.all { #expect(!text.contains("4711")) }
        }
    }

    @Test("takes its target by id, in any case of its name, and once however often it is named")
    func targets() async throws {
        try await withTides { line, server in
            let ending = await line.run(
                "raise-barrier", ["g-1", "HARBOUR MOUTH", "--reason=storm", "--pin-env=PIN"],
                confirm: ["Harbour mouth"])
            #expect(ending.code == .fine, "\(ending.text)")
            #expect(server.commands.count == 1)
        }
    }

    @Test("in bulk needs each name once, and stops at the first that did not succeed")
    func bulk() async throws {
        try await withTides { line, server in
            func run(_ confirm: [String]) async -> Line.Ending {
                await line.run(
                    "raise-barrier", ["g-1", "g-2", "--reason", "storm", "--pin-env", "PIN"], confirm: confirm
                )
            }
            let half = await run(["Harbour mouth", "Harbour mouth"])
            #expect(half.code == .refused && half.complaint.contains("--confirm 'Lock 4'"), "\(half.text)")
            #expect(server.commands.isEmpty)
            server.refuse("g-1")
            let stopped = await run(["Lock 4", "Harbour mouth"])
            #expect(stopped.code == .commandFailed, "\(stopped.text)")
            #expect(server.commands.count == 1)
            #expect(server.gauges["g-2"]?.barrier == "lowered")
        }
    }

    @Test("prints what a dry run would send, without secrets, and sends and records nothing")
    func dryRun() async throws {
        try await withTides { line, server in
            let ending = await line.run(
                "raise-barrier", ["Harbour mouth", "--reason", "storm", "--pin-env", "PIN"], dryRun: true)
            #expect(ending.code == .fine)
            #expect(ending.output.contains("POST \(server.raw.url)/about/gauges/g-1/barrier"))
            #expect(ending.output.contains("{\"reason\": \"storm\", \"pin\": \"•••\"}"))
            #expect(ending.complaint.contains("--confirm 'Harbour mouth'"))
            let rows = await line.run(
                "raise-barrier", ["g-1", "g-3", "--reason", "storm", "--pin-env", "PIN"], dryRun: true,
                format: .json
            ).rows
            #expect(rows.map { $0["outcome"] as? String } == ["dry-run", "skipped"])
            #expect(rows.first?["method"] as? String == "POST" && rows.first?["tier"] as? Int == 3)
            #expect(server.commands.isEmpty && line.record.isEmpty)
        }
    }

    @Test("done again within its guard names the earlier one, and goes only with that record's number")
    func again() async throws {
        try await withTides { line, server in
            func run(_ again: [String]) async -> Line.Ending {
                await line.run(
                    "raise-barrier", ["g-1", "--reason", "storm", "--pin-env", "PIN"],
                    confirm: ["Harbour mouth"], again: again)
            }
            #expect(await run([]).code == .fine)
            server.lower("g-1")
            line.clock.advance(by: 300)
            let second = await run([])
            #expect(second.code == .refused)
            #expect(second.complaint.contains("Harbour mouth: done 5m ago by jk@noc1, verified"))
            #expect(await run(["0000000000000000"]).code == .refused)
            #expect(server.commands.count == 1)
            let record = try #require(try line.audit.entries().first?.id)
            #expect(second.complaint.contains("--again \(record)"))
            #expect(await run([record]).code == .fine)
            #expect(server.commands.count == 2)
            server.lower("g-1")
            line.clock.advance(by: 700)
            #expect(await run([]).code == .fine)
            #expect(server.commands.count == 3)
        }
    }

    @Test("is refused with 3 where nothing may be changed", arguments: [true, false])
    func readOnly(whole: Bool) async throws {
        try await withTides(isReadOnly: whole, mode: whole ? .normal : .readOnly) { line, server in
            let ending = await line.run(
                "raise-barrier", ["g-1", "--reason", "storm", "--pin-env", "PIN"], confirm: ["Harbour mouth"])
            #expect(ending.code == .refused)
            #expect(ending.complaint.contains("read-only"))
            #expect(server.commands.isEmpty && line.record.isEmpty)
        }
    }

    @Test("takes a secret from a file or standard input, and never from the command line")
    func secrets() async throws {
        try await withTides { line, server in
            for words in [["--pin", "4711-0815"], ["--pin=4711-0815"], ["--set", "pin=4711-0815"]] {
                let ending = await line.run(
                    "raise-barrier", ["g-1", "--reason", "storm"] + words,
                    confirm: ["Harbour mouth"])
                #expect(ending.code == .usage && ending.complaint.contains("--pin-env"), "\(ending.text)")
                #expect(!ending.text.contains("4711"))
            }
            line.secret = "4711-0815"
            let ending = await line.run(
                "raise-barrier", ["g-1", "--reason", "storm", "--pin-stdin"], confirm: ["Harbour mouth"])
            #expect(ending.code == .fine, "\(ending.text)")
            try line.directory.write("4711-0815\n", to: "pin", permissions: 0o600)
            let filed = await line.run(
                "raise-barrier", ["g-2", "--reason", "storm", "--pin-file", "\(line.directory.path)/pin"],
                confirm: ["Lock 4"])
            #expect(filed.code == .fine, "\(filed.text)")
            #expect(server.commands.allSatisfy { $0.contains("4711-0815") } && server.commands.count == 2)
        }
    }

    @Test("asked wrongly exits 1 with words, and nothing arrives")
    func usage() async throws {
        try await withTides { line, server in
            let cases: [(CommandKind, [String], String)] = [
                ("raise-barrier", [], "needs a target"),
                ("raise-barrier", [""], "a target is empty"),
                ("raise-barrier", ["g-1", "--pin-env", "PIN"], "Reason is missing"),
                ("raise-barrier", ["g-1", "--reason"], "--reason needs a value"),
                ("raise-barrier", ["g-1", "--raeson", "x"], "there is no option --raeson"),
                ("raise-barrier", ["Kraken", "--reason", "x", "--pin-env", "PIN"], "there is no Kraken"),
                ("raise-barrier", ["g-1", "--reason", "x", "--pin-env", "NOPE"], "NOPE"),
                ("lower-barrier", ["g-1"], "no configured backend offers lower-barrier"),
            ]
            for (kind, words, expected) in cases {
                let ending = await line.run(kind, words, confirm: ["Harbour mouth"])
                #expect(ending.code == .usage, "\(words): \(ending.text)")
                #expect(ending.complaint.contains(expected), "\(words): \(ending.text)")
            }
            #expect(server.commands.isEmpty && line.record.isEmpty)
        }
    }

    @Test("has nothing to send for what is so already, says so and exits 0")
    func excluded() async throws {
        try await withTides { line, server in
            let ending = await line.run("raise-barrier", ["Old pier", "--reason", "x", "--pin-env", "PIN"])
            #expect(ending.code == .fine)
            #expect(ending.output == "Old pier: it is up already (skipped)\n")
            #expect(server.commands.isEmpty && line.record.isEmpty)
        }
    }
}

extension BackendPlan {
    /// The gauges at the sea.
    static func sea(_ server: TideServer, mode: BackendMode = .normal) -> BackendPlan {
        var plan = BackendPlan("sea", at: server.raw.url, TideAdapter.descriptor)
        plan.secret = .init(TideServer.token)
        plan.mode = mode
        return plan
    }
}
