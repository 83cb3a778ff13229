import Foundation
import Testing

extension EndToEnd {
    @Suite("The dashboard in a terminal")
    struct DashboardTests {
        @Test("Ctrl-S stops nothing, and Esc closes what is open without another key")
        func flowControl() async throws {
            try await withScreen { screen in
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                try await screen.press("C-s")
                try await screen.press("1")
                await screen.until(shows: "STATUS▲")
                try await screen.press(":")
                await screen.until("the palette is open") { $0.contains("┌") }
                try await screen.press("Escape")
                await screen.until("the palette is closed") { !$0.contains("┌") }
                try await screen.press("Q")
            }
        }

        @Test("starts, shows every pane, filters, acknowledges, resizes, and leaves the terminal as it was")
        func walk() async throws {
            try await withScreen { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "0 over")
                await screen.until(shows: "WORST")
                #expect(try await screen.fact("alternate_on") == "1")
                try await screen.press("1")
                await screen.until(shows: "devices  ")
                try await screen.press("2")
                await screen.until("ports have their rates") {
                    $0.contains("Gi") || $0.contains("eth") || $0.contains("bps")
                }
                try await screen.press("3")
                await screen.until("there is an alert to take") { $0.contains("! open") }
                try await screen.type("/")
                try await screen.type("state:open")
                try await screen.press("Enter")
                await screen.until("the filter holds") { !$0.contains("✓ acked") && $0.contains("! open") }
                try await screen.press("a")
                await screen.until(shows: "Acknowledge")
                try await screen.press("Enter")
                // One alert, or all of an outage: how many there are is the simulation's.
                await screen.until("it was verified") { $0.contains("verified") && $0.contains("✓") }
                try await screen.press("L")
                await screen.until(shows: "✓ verified")
                await screen.until(shows: "acknowledge on ")
                try await screen.press("q")
                try await screen.resize(to: 20, 5)
                await screen.until("the smallest screen is drawn") {
                    $0.contains("▲") && !$0.contains("nocturne")
                }
                #expect(await screen.text().split(separator: "\n").allSatisfy { $0.count <= 20 })
                try await screen.resize(to: 120, 30)
                await screen.until(shows: "0 over")
                try await screen.press("Q")
                #expect(try await screen.expectSane(modes) == "0")
            }
        }

        @Test("nothing can be changed with --read-only, and the key says so")
        func readOnly() async throws {
            try await withScreen { screen in
                try await screen.start("--demo --scale 300 --read-only")
                await screen.until(shows: "READ-ONLY")
                try await screen.press("3")
                await screen.until("there are alerts") { $0.contains("warning") && $0.contains("SEVERITY") }
                try await screen.press("a")
                await screen.until(shows: "read-only: nothing can be changed from here")
            }
        }

        @Test("is plain ASCII where the locale is")
        func ascii() async throws {
            try await withScreen(adding: ["LANG": "C"]) { screen in
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                let looks = [
                    ("0", "WORST"), ("1", "STATUS^"), ("2", "PORT "), ("3", "SEVERITY"), ("?", "Move down"),
                    ("!", "Backends"), (":", "Palette"),
                ]
                for (key, words) in looks {
                    try await screen.press(key)
                    await screen.until(shows: words)
                    let text = await screen.text()
                    if let odd = text.unicodeScalars.first(where: { !$0.isASCII }) {
                        Issue.record("\(odd) is no ASCII:\n\(text)")
                    }
                    if key == "?" || key == "!" { try await screen.press("q") }
                }
            }
        }

        @Test("has colours where the terminal has them, and none where the operator wants none")
        func colours() async throws {
            let colour = /\u{1b}\[[0-9;]*(3[0-8]|4[0-8]|9[0-7])[;m0-9]/
            try await withScreen { screen in
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                #expect(await screen.text(withColors: true).contains(colour))
            }
            try await withScreen(adding: ["NO_COLOR": "1"]) { screen in
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                #expect(await !screen.text(withColors: true).contains(colour))
            }
        }

        @Test(
            "runs on old and new terminals",
            arguments: ["vt100", "linux", "xterm-256color", "screen", "tmux-256color"])
        func terminals(name: String) async throws {
            try await withScreen(width: 80, height: 24, adding: ["TERM": name]) { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "0 over")
                try await screen.press("3", "j")
                await screen.until(shows: "SEVERITY")
                try await screen.press("Q")
                #expect(try await screen.expectSane(modes) == "0")
            }
        }

        @Test("says what to do about a terminal that nobody knows, and ends with 1")
        func unknownTerminal() async throws {
            try await withScreen(adding: ["TERM": "no-such-terminal"]) { screen in
                try await screen.start("--demo --scale 300 2>words")
                await screen.until(shows: "ready>")
                try await screen.enter("echo \"left-$?.\"")
                await screen.until(shows: "left-1.")
                let words = screen.scratch.text(of: "words")
                #expect(words.contains("no-such-terminal") && words.contains("TERM"))
            }
        }
    }
}

/// Everything that starts the built program, one after another: the machines that run it are small.
@Suite("The built program", .serialized, .timeLimit(.minutes(15)))
struct EndToEnd {}
