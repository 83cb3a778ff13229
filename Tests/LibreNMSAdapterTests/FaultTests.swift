import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: answers that lie or fail")
struct FaultTests {
    private func error(_ response: Response, _ release: String = "26.7") async throws -> BackendError? {
        let recorded = try RecordedLibreNMS(release)
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in asked.path == "/devices" ? response : recorded.answer(asked) })
        let sink = MergingSink()
        do throws(BackendError) {
            _ = try await server.refresh(Query(.device), into: sink)
            return nil
        } catch {
            #expect(sink.pages == 0, "an error gives no rows")
            #expect(!error.words.contains("t0ken"))
            return error
        }
    }

    @Test("a refused token is told from a page, whatever its media type", arguments: ["2016", "26.7"])
    func token(release: String) async throws {
        let error = try await error(try Recording(release, "auth-bad").response, release)
        #expect(error?.kind == .refused)
        #expect(error?.words.contains("token") == true)
    }

    @Test("a database that is down answers 200 with a heading")
    func database() async throws {
        let error = try await error(try Recording("2016", "db-down-devices").response, "2016")
        #expect(error == BackendError(.server, "LibreNMS can't reach its database (it says: MySQL Error)"))
    }

    @Test("an empty answer with 200 says that a row is not UTF-8")
    func emptyBody() async throws {
        let error = try await error(.text("", type: "application/json"))
        #expect(error?.kind == .invalid)
        #expect(error?.words.contains("UTF-8") == true)
    }

    @Test("an empty answer of /bills is explained by bills")
    func emptyBills() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                asked.path == "/bills" ? .text("", type: "text/html") : recorded.answer(asked)
            })
        await #expect {
            try await server.refresh(Query(.bill), into: MergingSink())
        } throws: { error in
            let words = (error as? BackendError)?.words ?? ""
            return words.contains("limit of a bill is 0") && !words.contains("sysLocation")
        }
    }

    @Test("a page with 200 is not an empty list, and no word of the API on the login")
    func page() async throws {
        let plain = try await error(.text("<!DOCTYPE html><html>hello"))
        #expect(plain?.kind == .invalid)
        let login = "<!DOCTYPE html><html><title>Sign in</title><input type=\"password\">"
        let pages: [Response] = [
            .text("<!DOCTYPE html><html>hello", redirects: 1), .text(login),
            .text("", status: 302, headers: [Header("Location", "/login")]),
        ]
        for page in pages {
            let error = try await error(page)
            #expect(error?.kind == .refused && error?.mayBan == false)
            #expect(error?.words.contains("answered in place of the API") == true)
            #expect(error?.words.contains("token") == false && error?.words.contains("its login") == false)
        }
        #expect(try await error(.text(login))?.words.contains("\"Sign in\"") == true)
        let redirected = BackendError(
            TransportError.redirected(status: 302, to: "https://a.example.net/login"))
        #expect(!redirected.mayBan && redirected.words.contains("answered in place of the API"))
        #expect(!redirected.words.contains("token"))
    }

    @Test("JSON that was cut or is something else names what is wrong")
    func brokenJSON() async throws {
        let cut = try await error(
            .text(#"{"status":"ok","devices":[{"device_id":1},"#, type: "application/json"))
        #expect(cut?.words.contains("ends in the middle") == true)
        let other = try await error(.json(["status": "ok"]))
        #expect(other?.words.contains("devices") == true)
        let wrong = try await error(.json(["status": "ok", "devices": false]))
        #expect(wrong?.kind == .invalid)
    }

    @Test("an envelope that says error is believed only when there is no list")
    func statusError() async throws {
        let failed = try await error(.json(["status": "error", "message": "out \u{1B}[31mof order"]))
        #expect(failed == BackendError(.server, "the server says: out [31mof order"))
        #expect(try await error(.json(["status": "error", "message": "Found 0", "devices": []])) == nil)
    }

    @Test("rights, waiting and failures are told apart")
    func statuses() async throws {
        let right = try await error(.json(["message": "This action is unauthorized."], status: 403))
        #expect(right?.kind == .forbidden)
        let wait = try await error(.text("busy", status: 429, headers: [Header("Retry-After", "17")]))
        #expect(wait?.retryAfter == 17)
        let down = try await error(
            .json(["status": "error", "message": "Error connecting to database: gone"], status: 503))
        #expect(down?.words == "the server failed (503): Error connecting to database: gone")
        #expect(try await error(.text("", status: 500))?.kind == .server)
    }

    @Test("a page of something before the API is named by title and server, and never blames the token")
    func front() async throws {
        let page = "<!DOCTYPE html><html><head><title>Just a \n moment...</title></head></html>"
        let wall = try await error(.text(page, status: 403, headers: [Header("Server", "cloudflare")]))
        #expect(wall?.kind == .invalid)
        #expect(wall?.words.contains("\"Just a moment...\", by server cloudflare") == true)
        let basic = try await error(
            .text(
                "<h1>401</h1>", status: 401, headers: [Header("WWW-Authenticate", "Basic realm=\"nms\"")]))
        #expect(basic?.words.contains("asks for HTTP Basic for \"nms\"") == true)
        let gateway = try await error(
            .text("<html><title>502 Bad Gateway</title>", status: 502, headers: [Header("Server", "nginx")]))
        #expect(gateway?.words.contains("\"502 Bad Gateway\", by server nginx") == true)
        #expect(gateway?.kind == .server)
    }

    @Test("an unknown device is not taken for one without an id", arguments: ["2016", "26.7"])
    func unknownDevice(release: String) async throws {
        let recorded = try RecordedLibreNMS(release)
        let answer = try Recording(release, "device-unknown-name").response
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                asked.path == "/devices/4711" ? answer : recorded.answer(asked)
            })
        await #expect {
            try await server.detail(of: EntityRef(BackendID(0), .device, id: "4711"))
        } throws: { ($0 as? BackendError)?.kind == .missing }
    }

    @Test("the 404 of a newer server for no ports is an empty list")
    func noPorts() throws {
        #expect(try Verdict.list("ports", in: try Recording("26.7", "device-ports-none").response) == nil)
        #expect(throws: BackendError.self) {
            try Verdict.list("ports", in: .text("<html>404</html>", status: 404))
        }
    }
}
