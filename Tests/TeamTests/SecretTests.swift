import AdapterKit
import BondingAdapter
import Domain
import Foundation
import HTTP
import KrillAdapter
import LibreNMSAdapter
import RealServer
import Simulator
import Testing

@testable import Team

extension TeamTests {
    struct SecretTests {
        /// Parts of every secret that the simulated servers put into their answers.
        private static let markers = [
            "n0cturne-ro", "s3cret-", "ppp-", "ssh-", TeamRoom.tokens.admin, TeamRoom.tokens.readOnly,
        ]

        @Test
        func
            `after all lists of all kinds of servers no secret is in the database, and all screens say the same`()
            async throws
        {
            let room = try TeamRoom()
            var shared = 0
            var seen = ""
            for (api, descriptor, user) in [
                (SimulatedAPI.libreNMS(.modern), LibreNMS.descriptor, nil),
                (.libreNMS(.release2016), LibreNMS.descriptor, nil),
                (.krill(.v2), Krill.descriptor, KrillAccount.administrator.user),
                (.bonding(.v3), Bonding.descriptor, BondingAccount.administrator.user),
            ] as [(SimulatedAPI, AdapterDescriptor, String?)] {
                let server = try await room.server(api)
                let spy = Spy()
                func station(_ url: String) async throws -> Station {
                    let one = try Station(
                        url, server, descriptor, room.curl, user: user, secret: TeamRoom.tokens.admin,
                        spy: spy)
                    _ = try await one.adapter.check()
                    return one
                }
                let alone = try await station("postgresql://nobody@127.0.0.1:1/none")
                let first = try await station(room.postgres.url(as: "noc"))
                let second = try await station(room.postgres.url(as: "noc"))
                for one in [first, second] { await one.standing.wait(TeamState.isJoined) }
                for resource in alone.adapter.resources {
                    let own = try await alone.refresh(resource.kind).table
                    let fetched = try await first.refresh(resource.kind).table
                    let taken = try await second.refresh(resource.kind).table
                    // Without its secrets an answer says all that a list shows.
                    // What is read a part at a time goes on where this process was.
                    if resource.kind != .port, resource.kind != .leg {
                        #expect(fetched.hasSameRows(as: taken), "\(descriptor.kind) \(resource.kind)")
                        #expect(Set(own.refs) == Set(taken.refs), "\(descriptor.kind) \(resource.kind)")
                    }
                    for row in 0..<min(own.count, taken.count) {
                        for field in own.resource.fields
                        where own.value(row, field.key) != taken.value(row, field.key) {
                            // What the world moves between two readings differs; what was masked would say so.
                            #expect(
                                !taken.text(row, field.key).contains("•••")
                                    || own.text(row, field.key).contains("•••"),
                                "\(descriptor.kind) \(resource.kind) \(field.key)")
                        }
                    }
                    for entity in own.refs.prefix(2) { _ = try? await second.adapter.detail(of: entity) }
                }
                shared += second.store.tally.taken
                seen += spy.text
                await server.stop()
            }
            let dump = try room.postgres.dump()
            #expect(shared > 10)
            for marker in Self.markers {
                // It can fail: the servers did say it, apart from the tokens.
                if !marker.contains("t0ken") { #expect(seen.contains(marker), "\(marker)") }
                #expect(!dump.contains(marker), "\(marker)")
            }
            print("shared \(shared) answers; \(dump.utf8.count) bytes of dump; \(seen.utf8.count) bytes read")
        }

        @Test
        func `what an administrator's token reads is never shown to a viewer's, nor the other way round`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let admin = try Station(
                room.postgres.url(as: "noc"), server, LibreNMS.descriptor, room.curl,
                secret: TeamRoom.tokens.admin)
            let viewer = try Station(
                room.postgres.url(as: "noc"), server, LibreNMS.descriptor, room.curl,
                secret: TeamRoom.tokens.readOnly)
            // It does not know a token, and still has the tables of the team.
            let stranger = try Station(
                room.postgres.url(as: "noc"), server, LibreNMS.descriptor, room.curl,
                secret: "a-token-that-nobody-has-ever-given")
            for one in [admin, viewer, stranger] { await one.standing.wait(TeamState.isJoined) }
            _ = try await admin.adapter.check()
            _ = try await viewer.adapter.check()
            try await admin.refresh(.device)
            // Whatever the server would say to each: the row of the administrator says more.
            try room.postgres.sql(
                "UPDATE nocturne.answers SET body = convert_to(replace(convert_from(body, 'UTF8'), "
                    + "'\"hostname\": \"', '\"hostname\": \"ADMIN-'), 'UTF8')")
            let before = viewer.counter.reads.count
            let seen = try await viewer.refresh(.device).table
            #expect(viewer.counter.reads.count > before)
            #expect((0..<seen.count).allSatisfy { !seen.name($0).contains("ADMIN") })
            let accounts = try room.postgres.sql("SELECT count(DISTINCT account) FROM nocturne.answers")
            #expect(accounts == "2\n")
            await #expect(throws: (any Error).self) { try await stranger.refresh(.device) }
            await server.stop()
        }

        @Test func `a user with a wrong password takes nothing of that user's from the store`() async throws {
            let room = try TeamRoom()
            let server = try await room.server(.bonding(.v3))
            let user = BondingAccount.administrator.user
            let right = try Station(
                room.postgres.url(as: "noc"), server, Bonding.descriptor, room.curl, user: user,
                secret: TeamRoom.tokens.admin)
            let wrong = try Station(
                room.postgres.url(as: "noc"), server, Bonding.descriptor, room.curl, user: user,
                secret: "not-the-password-at-all")
            for one in [right, wrong] { await one.standing.wait(TeamState.isJoined) }
            _ = try await right.adapter.check()
            try await right.refresh(.bond)
            #expect(right.store.tally.fetched > 0)
            await #expect(throws: (any Error).self) { try await wrong.refresh(.bond) }
            #expect(wrong.store.tally.taken == 0)
            await server.stop()
        }

        @Test func `a token that could be guessed has no identity, and others differ by team`() {
            let salt = [UInt8](repeating: 7, count: 32)
            #expect(TeamAccount(user: nil, token: Secret("short")).identity(salt) == nil)
            let long = TeamAccount(user: nil, token: Secret(TeamRoom.tokens.admin))
            let other = TeamAccount(user: nil, token: Secret(TeamRoom.tokens.readOnly))
            #expect(long.identity(salt) != other.identity(salt))
            #expect(
                long.identity(salt)
                    == TeamAccount(user: nil, token: Secret(TeamRoom.tokens.admin)).identity(salt))
            #expect(long.identity(salt) != long.identity([UInt8](repeating: 8, count: 32)))
            #expect(TeamAccount(user: "viewer", token: nil).identity(salt) == "user viewer")
        }

        @Test func `stripping leaves every byte but the secrets, and refuses what is no JSON`() {
            let keys = SecretKeys(whole: ["authname"])
            func stripped(_ text: String) -> String? {
                Array(text.utf8).withUnsafeBytes { Stripping.stripped($0, of: keys) }
                    .map { String(decoding: $0, as: UTF8.self) }
            }
            let plain = #"{ "a" : [1.50, -2e3, 18446744073709551615, true, null], "b":"x\u00e9\"", "c":{}}"#
            #expect(stripped(plain) == plain)
            #expect(
                stripped(#"[{"password":"p","Auth-Name":{"x":[1,"]"]},"n":1}]"#)
                    == #"[{"password":"•••","Auth-Name":"•••","n":1}]"#)
            #expect(
                stripped(#"{"password":null,"pass\u0077ord":"p"}"#)
                    == #"{"password":null,"pass\u0077ord":"•••"}"#)
            #expect(stripped(#"{"x":"{\"secret\":\"p\"}"}"#)?.contains("p\"}") == false)
            #expect(
                stripped(#"{"x":" \n{\"secret\":\"p\"}","y":"  "}"#)
                    == #"{"x":"{\"secret\":\"•••\"}","y":"  "}"#)
            for broken in [#"{"a":1"#, "<html>", "", #"{"a" 1}"#, "[1,]", #"["x"#, "[1] 2", #"{"a":}"#] {
                #expect(stripped(broken) == nil, "\(broken)")
            }
        }

        @Test func `the digests are those of the standards`() {
            #expect(
                SHA256.digest(Array("abc".utf8)).hex
                    == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
            #expect(
                SHA256.digest([UInt8](repeating: UInt8(ascii: "a"), count: 200)).hex
                    == "c2a908d98f5df987ade41b5fce213067efbcc21ef2240212a41e54b5e7c28ae5")
            #expect(
                SHA256.stretched(Array("password".utf8), salt: Array("salt".utf8), rounds: 2).hex
                    == "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43")
        }
    }
}
