CREATE TABLE "absence" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"person" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"instance" text,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "absence_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "ask" (
	"workspace" text NOT NULL,
	"kind" text NOT NULL,
	"session" text NOT NULL,
	"lecturer" text NOT NULL,
	"other" text,
	"asked_at" bigint NOT NULL,
	"reply_by" bigint NOT NULL,
	"answer" text,
	"answered_at" bigint,
	CONSTRAINT "ask_workspace_kind_session_lecturer_pk" PRIMARY KEY("workspace","kind","session","lecturer")
);
--> statement-breakpoint
CREATE TABLE "attendance" (
	"workspace" text NOT NULL,
	"session" text NOT NULL,
	"person" text NOT NULL,
	"at" bigint NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "attendance_workspace_session_person_pk" PRIMARY KEY("workspace","session","person")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"target" text,
	"detail" jsonb,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "award" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"lecturer" text NOT NULL,
	"rule" text NOT NULL,
	"period" text NOT NULL,
	"title" text NOT NULL,
	"evidence" text NOT NULL,
	"state" text NOT NULL,
	"consent" boolean,
	"approver" text,
	"at" bigint NOT NULL,
	"until" bigint,
	CONSTRAINT "award_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "baseline" (
	"workspace" text NOT NULL,
	"figure" text NOT NULL,
	"value" text NOT NULL,
	"source" text NOT NULL,
	"stated_at" bigint NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "baseline_workspace_figure_pk" PRIMARY KEY("workspace","figure")
);
--> statement-breakpoint
CREATE TABLE "care_note" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"lecturer" text NOT NULL,
	"recipient" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"sentence" text NOT NULL,
	"state" text NOT NULL,
	"raised_at" bigint NOT NULL,
	"repeated_at" bigint,
	"closed_at" bigint,
	"expires_at" bigint NOT NULL,
	"outcome" text,
	CONSTRAINT "care_note_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"what" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "consent_workspace_person_what_pk" PRIMARY KEY("workspace","person","what")
);
--> statement-breakpoint
CREATE TABLE "credit_note" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"lecturer" text,
	"day" text NOT NULL,
	"turns" double precision,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "credit_note_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "cron_slot" (
	"workspace" text NOT NULL,
	"automation" text NOT NULL,
	"slot" bigint NOT NULL,
	"done_at" bigint,
	"summary" jsonb,
	"error" text,
	CONSTRAINT "cron_slot_workspace_automation_slot_pk" PRIMARY KEY("workspace","automation","slot")
);
--> statement-breakpoint
CREATE TABLE "import_batch" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"kind" text NOT NULL,
	"made" jsonb NOT NULL,
	"at" bigint NOT NULL,
	"by" text NOT NULL,
	"undone_at" bigint
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"event_id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"event_at" bigint NOT NULL,
	"received_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "learned" (
	"workspace" text NOT NULL,
	"session" text NOT NULL,
	"person" text NOT NULL,
	"answer" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "learned_workspace_session_person_pk" PRIMARY KEY("workspace","session","person")
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"lecturer" text NOT NULL,
	"period" text NOT NULL,
	"points" integer NOT NULL,
	"rule" text,
	"rule_version" integer,
	"reason" text NOT NULL,
	"session" text,
	"reverses" text,
	"at" bigint NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "ledger_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "manual_act" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"minutes" integer NOT NULL,
	"by" text NOT NULL,
	"session" text,
	"at" bigint NOT NULL,
	CONSTRAINT "manual_act_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "oauth_state" (
	"state" text PRIMARY KEY NOT NULL,
	"verifier" text NOT NULL,
	"go_to" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "opened" (
	"workspace" text NOT NULL,
	"material" text NOT NULL,
	"person" text NOT NULL,
	"session" text,
	"at" bigint NOT NULL,
	CONSTRAINT "opened_workspace_material_person_pk" PRIMARY KEY("workspace","material","person")
);
--> statement-breakpoint
CREATE TABLE "opt_out" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"what" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "opt_out_workspace_person_what_pk" PRIMARY KEY("workspace","person","what")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"lane" text NOT NULL,
	"kind" text NOT NULL,
	"effect" jsonb NOT NULL,
	"batch" text,
	"state" text DEFAULT 'due' NOT NULL,
	"not_before" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_tried_at" bigint,
	"owner" integer,
	"lease_until" timestamp with time zone,
	"result" jsonb,
	"error" text,
	"created_at" bigint NOT NULL,
	"done_at" bigint,
	"person" text,
	"day" text,
	"session" text,
	"template" text
);
--> statement-breakpoint
CREATE TABLE "period_close" (
	"workspace" text NOT NULL,
	"period" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "period_close_workspace_period_pk" PRIMARY KEY("workspace","period")
);
--> statement-breakpoint
CREATE TABLE "plugin_request" (
	"hash" text PRIMARY KEY NOT NULL,
	"challenge" text NOT NULL,
	"code" text NOT NULL,
	"open_id" text,
	"name" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plugin_token" (
	"hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"family" text NOT NULL,
	"open_id" text NOT NULL,
	"name" text NOT NULL,
	"at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"until" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "preference" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"choice" jsonb NOT NULL,
	"source" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "preference_workspace_person_pk" PRIMARY KEY("workspace","person")
);
--> statement-breakpoint
CREATE TABLE "proposal" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"digest" text NOT NULL,
	"plan" jsonb NOT NULL,
	"at" bigint NOT NULL,
	"published_at" bigint,
	"by" text
);
--> statement-breakpoint
CREATE TABLE "record" (
	"workspace" text NOT NULL,
	"table_key" text NOT NULL,
	"id" text NOT NULL,
	"row" jsonb NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"modified_at" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"gone" boolean DEFAULT false NOT NULL,
	CONSTRAINT "record_workspace_table_key_id_pk" PRIMARY KEY("workspace","table_key","id")
);
--> statement-breakpoint
CREATE TABLE "released" (
	"workspace" text NOT NULL,
	"batch" text NOT NULL,
	"session" text NOT NULL,
	"lecturer" text NOT NULL,
	"month" text NOT NULL,
	"scores" jsonb NOT NULL,
	"comments" jsonb NOT NULL,
	"released_at" bigint NOT NULL,
	CONSTRAINT "released_workspace_batch_session_pk" PRIMARY KEY("workspace","batch","session")
);
--> statement-breakpoint
CREATE TABLE "rule_version" (
	"workspace" text NOT NULL,
	"rule" text NOT NULL,
	"version" integer NOT NULL,
	"value" jsonb NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "rule_version_workspace_rule_version_pk" PRIMARY KEY("workspace","rule","version")
);
--> statement-breakpoint
CREATE TABLE "sealed_box" (
	"workspace" text NOT NULL,
	"box" text NOT NULL,
	"blob" "bytea" NOT NULL,
	CONSTRAINT "sealed_box_workspace_box_pk" PRIMARY KEY("workspace","box")
);
--> statement-breakpoint
CREATE TABLE "sealed_mark" (
	"workspace" text NOT NULL,
	"box" text NOT NULL,
	"tag" text NOT NULL,
	CONSTRAINT "sealed_mark_workspace_box_tag_pk" PRIMARY KEY("workspace","box","tag")
);
--> statement-breakpoint
CREATE TABLE "set_up" (
	"app_token" text PRIMARY KEY NOT NULL,
	"admin_token" text NOT NULL,
	"by" text NOT NULL,
	"state" text NOT NULL,
	"made" integer DEFAULT 0 NOT NULL,
	"left" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"started_at" bigint NOT NULL,
	"lease_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in" (
	"hash" text PRIMARY KEY NOT NULL,
	"open_id" text NOT NULL,
	"name" text NOT NULL,
	"at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_up" (
	"workspace" text NOT NULL,
	"session" text NOT NULL,
	"person" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "sign_up_workspace_session_person_pk" PRIMARY KEY("workspace","session","person")
);
--> statement-breakpoint
CREATE TABLE "standing" (
	"workspace" text NOT NULL,
	"lecturer" text NOT NULL,
	"at" bigint NOT NULL,
	"groups" jsonb NOT NULL,
	"weight" double precision NOT NULL,
	"away" boolean NOT NULL,
	"away_until" bigint,
	CONSTRAINT "standing_workspace_lecturer_at_pk" PRIMARY KEY("workspace","lecturer","at")
);
--> statement-breakpoint
CREATE TABLE "table_state" (
	"workspace" text NOT NULL,
	"table_key" text NOT NULL,
	"revision" integer,
	"swept_at" bigint,
	CONSTRAINT "table_state_workspace_table_key_pk" PRIMARY KEY("workspace","table_key")
);
--> statement-breakpoint
CREATE TABLE "thanks" (
	"workspace" text NOT NULL,
	"session" text NOT NULL,
	"person" text NOT NULL,
	"text" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "thanks_workspace_session_person_pk" PRIMARY KEY("workspace","session","person")
);
--> statement-breakpoint
CREATE TABLE "todo" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"session" text,
	"record" text,
	"detail" jsonb NOT NULL,
	"urgent" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL,
	"done_at" bigint,
	"outcome" text,
	"by" text,
	CONSTRAINT "todo_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "turn" (
	"workspace" text NOT NULL,
	"session" text NOT NULL,
	"lecturer" text NOT NULL,
	"offered_at" bigint NOT NULL,
	"invited_at" bigint,
	"follow_ups" integer DEFAULT 0 NOT NULL,
	"last_asked_at" bigint,
	"answer" text,
	"answered_at" bigint,
	"reason" text,
	"extra" boolean DEFAULT false NOT NULL,
	CONSTRAINT "turn_workspace_session_lecturer_pk" PRIMARY KEY("workspace","session","lecturer")
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" text PRIMARY KEY NOT NULL,
	"app_token" text NOT NULL,
	"admin_token" text NOT NULL,
	"language" text NOT NULL,
	"timezone" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"calendar_id" text,
	"admins" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"live" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"paused" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "workspace_app_token_unique" UNIQUE("app_token")
);
--> statement-breakpoint
CREATE INDEX "absence_person" ON "absence" USING btree ("workspace","person","to_at");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("workspace","at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_key" ON "outbox" USING btree ("workspace","key");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("not_before") WHERE state = 'due';--> statement-breakpoint
CREATE INDEX "outbox_person_day" ON "outbox" USING btree ("workspace","person","day");--> statement-breakpoint
CREATE INDEX "outbox_session" ON "outbox" USING btree ("workspace","session");--> statement-breakpoint
CREATE INDEX "plugin_token_family" ON "plugin_token" USING btree ("family");--> statement-breakpoint
CREATE INDEX "plugin_token_person" ON "plugin_token" USING btree ("open_id");