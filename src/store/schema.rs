//! The tables as Diesel sees them: one schema for SQLite and PostgreSQL, with column types that both know.

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    staff_users (id) {
        id -> Text,
        username -> Text,
        display_name -> Text,
        email -> Text,
        role -> Text,
        password_hash -> Text,
        failed_sign_ins -> BigInt,
        locked_until -> Nullable<Timestamp>,
        created_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    cases (id) {
        id -> Text,
        reference -> Text,
        right_asked -> Text,
        stage -> Text,
        channel -> Text,
        received_on -> Date,
        subject_name -> Text,
        date_of_birth -> Nullable<Date>,
        details -> Nullable<Text>,
        scope -> Text,
        relationship -> Text,
        requester_name -> Text,
        requester_email -> Text,
        verified_at -> Nullable<Timestamp>,
        assignee_id -> Nullable<Text>,
        clock_state -> Text,
        due_on -> Nullable<Date>,
        statutory_latest -> Nullable<Date>,
        extension_notice_by -> Nullable<Date>,
        decided_by -> Nullable<Text>,
        approved_by -> Nullable<Text>,
        released_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        missed_on -> Nullable<Date>,
        look_on -> Nullable<Date>,
        lapsed_from -> Nullable<Text>,
        reopened_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_identifiers (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        value -> Text,
        normal -> Text,
        verified_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    verification_codes (id) {
        id -> Text,
        case_id -> Text,
        code_hash -> Text,
        state -> Text,
        attempts -> BigInt,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    clock_events (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        happened_on -> Date,
        recorded_at -> Timestamp,
        recorded_by -> Text,
        note -> Nullable<Text>,
        corrects -> Nullable<Text>,
    }
}

diesel::table! {
    audit_events (seq) {
        seq -> BigInt,
        at -> Timestamp,
        actor -> Text,
        case_id -> Nullable<Text>,
        kind -> Text,
        detail -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        case_id -> Nullable<Text>,
        payload -> Text,
        state -> Text,
        attempts -> BigInt,
        run_after -> Timestamp,
        lease_token -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        last_problem -> Nullable<Text>,
        dedupe_key -> Nullable<Text>,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    gathers (id) {
        id -> Text,
        case_id -> Text,
        spool -> Text,
        found -> BigInt,
        held -> BigInt,
        failed -> BigInt,
        finished_at -> Timestamp,
        superseded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    record_decisions (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        record -> Text,
        decision -> Text,
        code -> Nullable<Text>,
        reason -> Nullable<Text>,
        opinion_id -> Nullable<Text>,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    bundles (id) {
        id -> Text,
        case_id -> Text,
        file -> Text,
        sha256 -> Text,
        size_bytes -> BigInt,
        built_at -> Timestamp,
        released_at -> Nullable<Timestamp>,
        expires_at -> Nullable<Timestamp>,
        superseded_at -> Nullable<Timestamp>,
        downloads -> BigInt,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    idempotency_keys (key_hash) {
        key_hash -> Text,
        request_hash -> Text,
        answer -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    holiday_changes (id) {
        id -> Text,
        kind -> Text,
        division -> Nullable<Text>,
        holiday_on -> Nullable<Date>,
        title -> Nullable<Text>,
        file -> Nullable<Text>,
        undoes -> Nullable<Text>,
        made_at -> Timestamp,
        made_by -> Text,
        recomputed_to -> Nullable<Text>,
        recomputed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    recomputed_cases (change_id, case_id) {
        change_id -> Text,
        case_id -> Text,
        due_before -> Nullable<Date>,
        due_after -> Nullable<Date>,
        told -> Bool,
        problem -> Nullable<Text>,
    }
}

diesel::table! {
    reminders (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        about_on -> Date,
        lapses_on -> Nullable<Date>,
        made_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        done_at -> Nullable<Timestamp>,
        done_by -> Nullable<Text>,
    }
}

diesel::table! {
    review_steps (id) {
        id -> Text,
        case_id -> Text,
        seq -> BigInt,
        kind -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        detail -> Text,
        undoes -> Nullable<Text>,
        undone_by -> Nullable<Text>,
    }
}

diesel::table! {
    opinions (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        author -> Text,
        profession -> Text,
        given_on -> Date,
        finding -> Text,
        summary -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    redactions (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        record -> Text,
        field -> Text,
        start_at -> Nullable<BigInt>,
        end_at -> Nullable<BigInt>,
        text_hash -> Text,
        code -> Text,
        reason -> Nullable<Text>,
        opinion_id -> Nullable<Text>,
        origin -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    suggestion_rejections (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        record -> Text,
        field -> Text,
        start_at -> Nullable<BigInt>,
        end_at -> Nullable<BigInt>,
        text_hash -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    warning_answers (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        warning -> Text,
        reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    sign_offs (id) {
        id -> Text,
        case_id -> Text,
        seq -> BigInt,
        kind -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        digest -> Text,
        listing -> Text,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    review_comments (id) {
        id -> Text,
        case_id -> Text,
        record -> Nullable<Text>,
        comment -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        settled_by -> Nullable<Text>,
        settled_at -> Nullable<Timestamp>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    standing_rules (id) {
        id -> Text,
        kind -> Text,
        collection -> Nullable<Text>,
        field -> Nullable<Text>,
        words -> Nullable<Text>,
        code -> Text,
        reason -> Text,
        mode -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        ended_reason -> Nullable<Text>,
    }
}

diesel::table! {
    case_endings (case_id, audit_seq) {
        case_id -> Text,
        audit_seq -> BigInt,
        at -> Timestamp,
        how -> Text,
        code -> Nullable<Text>,
    }
}

diesel::table! {
    case_withheld (case_id, audit_seq, how, code) {
        case_id -> Text,
        audit_seq -> BigInt,
        how -> Text,
        code -> Text,
        records -> BigInt,
    }
}

diesel::table! {
    case_teams (id) {
        id -> Text,
        case_id -> Text,
        team -> Text,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    late_reasons (id) {
        id -> Text,
        case_id -> Text,
        reason -> Text,
        note -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    work_times (id) {
        id -> Text,
        case_id -> Text,
        worked_on -> Date,
        minutes -> BigInt,
        corrects -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    match_rulings (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        record -> Text,
        ruling -> Text,
        reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::table! {
    confirmed_identifiers (step_id, n) {
        step_id -> Text,
        n -> BigInt,
        case_id -> Text,
        alias -> Text,
        kind -> Text,
        value -> Text,
        record -> Nullable<Text>,
        reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
        ended_step -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    counters,
    staff_users,
    sessions,
    cases,
    case_identifiers,
    verification_codes,
    clock_events,
    audit_events,
    jobs,
    gathers,
    record_decisions,
    bundles,
    idempotency_keys,
    holiday_changes,
    recomputed_cases,
    reminders,
    review_steps,
    opinions,
    redactions,
    suggestion_rejections,
    warning_answers,
    sign_offs,
    review_comments,
    standing_rules,
    case_endings,
    case_withheld,
    case_teams,
    late_reasons,
    work_times,
    match_rulings,
    confirmed_identifiers
);
