import { announceContent, submitSessionContent } from "./submit-content.ts";
import { answerTurn, swapTurns } from "./answer-turn.ts";
import { followGroup, planSchedule } from "./plan-schedule.ts";
import { askForMissingContent } from "./ask-for-content.ts";
import { baseChanged } from "./base-changed.ts";
import type { Automation } from "./define.ts";
import { forgetFinishedRuns, forgetOldNames } from "./forget.ts";
import { signUpForSession } from "./sign-up.ts";
import { startFromTemplate } from "./start-outline.ts";
import { followSessions } from "./follow-sessions.ts";
import { followUpOpenTurns } from "./follow-up-turns.ts";
import { decideUndecided, endHeldSession, openSessionCheckIn } from "./hold-session.ts";
import { remindThreeDaysBefore } from "./remind-before.ts";
import { remindInTheMorning, remindOnTheEve } from "./remind-day-of.ts";
import { searchSubstitutes } from "./search-substitute.ts";
import { sweepBase, sweepBaseAtNight } from "./sweep-base.ts";
import { passOnThanks, sendEchoOnWorkdays } from "./echo.ts";
import { askPreference } from "./preference.ts";
import { rateSession } from "./rate-session.ts";
import { forgetWhoAnswered, releaseOnWorkdays, remindOfRating } from "./release-ratings.ts";
import { surveyLecturers } from "./survey.ts";
import { answerPeople } from "./answer-writing.ts";
import { countOpenedMaterials } from "./count-opens.ts";
import { followFields } from "./fields-changed.ts";
import { followChats } from "./follow-chats.ts";
import { followLeave, followPeople, followStanding, handOverAbsences } from "./follow-people.ts";
import { recheckDates } from "./recheck-days.ts";
import { actOnCareNote, askWhetherItHelped, watchOverLecturers } from "./care-for-lecturers.ts";
import { closePeriods, correctPeriods, decideAwards, readRules } from "./close-period.ts";
import { checkAllRecords, checkAllSettings, decideMatters, summarizeDay } from "./admin-day.ts";
import { askWhatWasUsed } from "./ask-learned.ts";
import { classifyDemands, countAllRecords } from "./count-records.ts";
import { offerRewards } from "./make-offers.ts";
import { reportFigures } from "./report-month.ts";

/** Every automation there is. The engine is given this list; it imports none. */
export const automations: Automation[] = [
  sweepBase,
  sweepBaseAtNight,
  baseChanged,
  recheckDates,
  planSchedule,
  followGroup,
  followSessions,
  answerTurn,
  swapTurns,
  searchSubstitutes,
  followUpOpenTurns,
  remindThreeDaysBefore,
  askForMissingContent,
  startFromTemplate,
  signUpForSession,
  submitSessionContent,
  announceContent,
  remindInTheMorning,
  remindOnTheEve,
  openSessionCheckIn,
  endHeldSession,
  decideUndecided,
  rateSession,
  // At ten, in this order: shown, reminded, echoed.
  releaseOnWorkdays,
  remindOfRating,
  sendEchoOnWorkdays,
  passOnThanks,
  surveyLecturers,
  askPreference,
  forgetWhoAnswered,
  followChats,
  followPeople,
  followLeave,
  followStanding,
  handOverAbsences,
  followFields,
  answerPeople,
  countOpenedMaterials,
  readRules,
  closePeriods,
  correctPeriods,
  decideAwards,
  watchOverLecturers,
  askWhetherItHelped,
  actOnCareNote,
  classifyDemands,
  checkAllRecords,
  checkAllSettings,
  countAllRecords,
  decideMatters,
  summarizeDay,
  reportFigures,
  askWhatWasUsed,
  offerRewards,
  forgetFinishedRuns,
  forgetOldNames,
];
