import Foundation
import Testing

extension EndToEnd {
    @Suite("What is copied to be used elsewhere")
    struct ShareTests {
        @Test("the copied command prints the rows of the table, in its order and with its columns")
        func getLine() async throws {
            try await withScreen(width: 160) { screen in
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                try await screen.press("1", "/")
                try await screen.type("status=up location:mad")
                try await screen.press("Enter")
                let clipboard = "state/nocturne/clipboard"
                // A slow server's first devices bring columns of their own: the two copies are of one
                // table when they name the same columns.
                var (rows, line) = ([String](), "")
                repeat {
                    try await copy("Command that prints it", screen)
                    await screen.until("the line is there") { _ in
                        screen.scratch.text(of: clipboard).hasPrefix("nocturne get devices")
                    }
                    line = screen.scratch.text(of: clipboard).dropFirst("nocturne".count)
                        .trimmingCharacters(in: .newlines)
                    try await copy("Table as CSV", screen)
                    await screen.until("the rows are there") { _ in
                        screen.scratch.text(of: clipboard).hasPrefix("status,")
                    }
                    rows = screen.scratch.text(of: clipboard).split(separator: "\n").map(String.init)
                } while !line.contains("--columns \(rows[0])")
                let run = try await screen.scratch.shell("\(Scratch.program) \(line) -o csv")
                #expect(run.status == 0, "\(run.error)")
                let printed = run.output.split(whereSeparator: \.isNewline).map(String.init)
                #expect(printed.count > 3 && rows.count > 3)
                #expect(printed.first == rows.first)
                // Values such as times went on meanwhile, and a slow server's devices may have come later.
                let names = { (lines: [String]) in
                    Set(lines.map { $0.split(separator: ",").dropFirst().first ?? "" })
                }
                #expect(names(rows).isSubset(of: names(printed)))

                try await copy("Command that opens it", screen)
                await screen.until("the line is there") { _ in
                    screen.scratch.text(of: clipboard).hasPrefix("nocturne open devices --filter")
                }
                let open = screen.scratch.text(of: clipboard).dropFirst("nocturne".count)
                    .trimmingCharacters(in: .newlines)
                try await screen.press("Q")
                await screen.until(shows: "ready>")
                try await screen.enter("clear; \(Scratch.program) \(open)")
                await screen.until("another screen shows the same pane with the same filter") {
                    $0.contains("status=up location:mad") && $0.contains("▌ ● up")
                }
                try await screen.press("Q")
            }
        }

        @Test("what open can't show is an error before the screen is touched")
        func unknown() async throws {
            let scratch = try Scratch()
            for (words, hint) in [
                ("open devcies", "did you mean \"devices\"?"), ("open devices --filter nme=x", "nme"),
                ("open devices --sort nme", "unknown field"), ("open devices --columns nme", "unknown field"),
                ("open devices --only cor", "did you mean \"core\"?"),
                ("open devices device/1", "write BACKEND:KIND/ID"),
                ("open devices core:devcie/1", "write KIND/ID"),
            ] {
                let run = try await scratch.shell("\(Scratch.program) \(words) --demo --scale 300")
                #expect(run.status == 1, "\(words)")
                #expect(run.error.contains(hint), "\(words): \(run.error)")
            }
        }

        private func copy(_ title: String, _ screen: Screen) async throws {
            await screen.until("the cursor is on a row") { $0.contains("▌ ● up") }
            try await screen.press("y")
            await screen.until(shows: title)
            let lines = await screen.text().split(separator: "\n").map(String.init)
            let first = try #require(lines.firstIndex { $0.contains("│ Name ") })
            let wanted = try #require(lines.firstIndex { $0.contains("│ \(title)") })
            for _ in first..<wanted { try await screen.press("j") }
            try await screen.press("Enter")
            await screen.until(shows: "copied: ")
        }
    }
}
