import Foundation
import RealServer
import Testing

extension EndToEnd {
    @Suite("A server whose adapter is a file, in a terminal")
    struct DeclaredTests {
        private static let alertmanager = RealServer.find("prometheus-alertmanager")

        @Test(
            "an alert of a real Alertmanager is acknowledged and unmuted by keys, and not at all in read-only",
            .enabled(if: alertmanager != nil, "Scripts/setup --servers installs prometheus-alertmanager"))
        func acknowledge() async throws {
            let server = try RealServer.alertmanager(try #require(Self.alertmanager))
            let scratch = try Scratch()
            try scratch.write(
                try String(contentsOfFile: "\(server.path)/config/nocturne/config.toml", encoding: .utf8),
                to: "config/nocturne/config.toml")
            func silences() throws -> String { try server.asked("/api/v2/silences").output }
            try await withScreen(scratch) { screen in
                let modes = try await screen.modes()
                try await screen.start("--read-only")
                // The program may start faster than the server does: it says that it is not there, and looks again.
                await screen.until("the server has its alerts") { _ in (try? server.post()) == true }
                try await screen.press("r")
                await screen.until(shows: "Down")
                try await screen.press("3", "a")
                await screen.until(shows: "read-only")
                try await screen.press("Q")
                #expect(try await screen.expectSane(modes) == "0")
                #expect(try silences().filter { !$0.isWhitespace } == "[]")

                try await screen.start("")
                await screen.until(shows: "Down")
                try await screen.press("3", "a")
                await screen.until(shows: "Comment")
                try await screen.type("known fault")
                try await screen.press("Enter")
                await screen.until(shows: "acked")
                #expect(try silences().contains(#""comment":"known fault""#))
                #expect(try silences().contains(#""value":"Down""#) && !silences().contains("Slow"))
                try await screen.press("g", "/")
                try await screen.type("state:acknowledged")
                try await screen.press("Enter")
                await screen.until("only the acknowledged alert is there") { !$0.contains("Slow") }
                try await screen.press("u")
                await screen.until(shows: "The silences that the alert is under end")
                try await screen.press("Enter")
                await screen.until(shows: "not silenced any more")
                #expect(try silences().contains(#""state":"expired""#))
                try await screen.press("Q")
                #expect(try await screen.expectSane(modes) == "0")
            }
        }

        private static let icinga = RealServer.find("icinga2")

        @Test(
            "a problem of a real Icinga is acknowledged by keys, over TLS with its own authority",
            .enabled(if: icinga != nil, "Scripts/setup --servers installs icinga2"))
        func problem() async throws {
            let server = try RealServer.icinga(try #require(Self.icinga))
            let scratch = try Scratch()
            try scratch.write(
                try String(contentsOfFile: "\(server.path)/config/nocturne/config.toml", encoding: .utf8),
                to: "config/nocturne/config.toml")
            func acknowledgement() throws -> Int? {
                try server.icinga("services/edge!load")?["acknowledgement"] as? Int
            }
            try await withScreen(scratch) { screen in
                let modes = try await screen.modes()
                await screen.until("the server has looked at its service") { _ in
                    _ = try? server.checkIcinga()
                    return (try? server.icinga("services/edge!load")?["state"] as? Int) == 2
                }
                #expect(try acknowledgement() == 0)
                try await screen.start("")
                await screen.until(shows: "too much")
                try await screen.press("3", "a")
                await screen.until(shows: "Comment")
                try await screen.type("known fault")
                try await screen.press("Enter")
                await screen.until(shows: "acked")
                #expect(try acknowledgement() == 2)
                #expect(try server.icinga("comments")?["text"] as? String == "known fault")
                try await screen.press("Q")
                #expect(try await screen.expectSane(modes) == "0")
            }
        }
    }
}
