import Foundation
import Testing

extension EndToEnd {
    @Suite("Links on the command line")
    struct LinkTests {
        private let scratch: Scratch
        init() throws { scratch = try Scratch() }

        private func run(_ words: String) async throws -> String {
            let run = try await scratch.shell("\(Scratch.program) \(words) --demo --seed 7 --scale 300")
            #expect(run.status == 0, "\(words): \(run.error)")
            return run.output
        }

        private static func others(_ row: [String: Any]) -> [String] {
            (row["linked_to"] as? String ?? "").split(separator: " ").map(String.init)
        }

        private func rows(_ words: String) async throws -> [[String: Any]] {
            let text = try await run(words)
            return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        }

        @Test("get prints a row for each server with what it is linked to, and --merged one for each thing")
        func merged() async throws {
            let all = try await rows("get devices -o json")
            let linked = all.filter { !Self.others($0).isEmpty }
            #expect(!linked.isEmpty)
            let names = Set(all.map { "\($0["backend"] ?? ""):\($0["kind"] ?? "")/\($0["id"] ?? "")" })
            for row in linked {
                let own = "\(row["backend"] ?? ""):"
                let others = Self.others(row)
                #expect(!others.contains { $0.hasPrefix(own) })
                #expect(others.contains { names.contains($0) || !$0.contains(":device/") })
            }
            let merged = try await rows("get devices --merged -o json")
            #expect(merged.count < all.count)
            // Nothing is lost: who is not printed is named by the row that stands for it.
            let printed = Set(merged.map { "\($0["backend"] ?? ""):\($0["kind"] ?? "")/\($0["id"] ?? "")" })
            let named = Set(merged.flatMap(Self.others))
            #expect(names.subtracting(printed).isSubset(of: named))
        }

        @Test("alerts for scripts have their impact, null where it is not known or nobody looked")
        func impact() async throws {
            let alerts = try await rows("get alerts -o json")
            #expect(!alerts.isEmpty && alerts.allSatisfy { $0.keys.contains("impact_customers") })
            #expect(alerts.contains { $0["impact_customers"] is NSNumber })
            let alone = try await rows("get alerts --backend core -o json")
            #expect(alone.allSatisfy { $0["impact_customers"] is NSNull && $0["linked_to"] == nil })
            let table = try await run("get alerts --sort=-impact_rank --columns name,impact_summary")
            #expect(table.hasPrefix("NAME") && table.contains("customer"))
        }

        @Test("what a shift hands over says whom the open alerts hit, and how long each is open")
        func handoff() async throws {
            let json = try await run("handoff -o json")
            let tree = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            let open = try #require(tree["open"] as? [[String: Any]])
            #expect(open.contains { ($0["impact"] as? String ?? "").contains("customer") })
            #expect(open.allSatisfy { $0["severity"] is String && $0["seconds"] != nil })
            let text = try await run("handoff")
            #expect(text.contains("## Open") && text.contains("customer"))
        }

        @Test("check links counts what is linked and gives the reason for each value that links nothing")
        func check() async throws {
            let text = try await run("check links")
            #expect(text.contains("seen by several servers") && text.contains("link nothing"))
            let json = try await run("check links -o json")
            let tree = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            let things = try #require(tree["things"] as? [[String: Any]])
            #expect(things.contains { ($0["count"] as? Int ?? 0) > 0 })
            for refusal in tree["refused"] as? [[String: Any]] ?? [] {
                #expect(!(refusal["reason"] as? String ?? "").isEmpty)
            }
        }

        @Test("a [[link]] of the operator's that links nothing says so")
        func described() async throws {
            let file = try scratch.write(
                """
                [[link]]
                name = "circuit"
                from = ["port.alias"]
                pattern = 'no such text (?<n>[0-9]+)'
                to = "leg.circuit_id"
                """, to: "links.toml")
            let text = try await run("check links --config \(file)")
            #expect(text.contains("circuit: links nothing"), "\(text)")
        }
    }
}
